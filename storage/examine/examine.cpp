#include "storage/examine.hpp"

#include <system_error>

#include "storage/examine/parts.hpp"

namespace touchstone::storage {

std::vector<Finding> examine(const std::filesystem::path& directory, Time now) {
  examination::Findings findings;
  std::error_code error;
  if (!std::filesystem::is_directory(directory, error)) {
    findings.push_back(examination::problem("directory", directory.string() + " is no directory",
                                            "Name the directory that `touchstone serve --data` was given."));
    return findings;
  }
  examination::examine_folder(directory, findings);
  examination::examine_catalogue(directory, findings);
  examination::examine_journal(directory, now, findings);
  examination::examine_acknowledged(directory, findings);
  examination::examine_copies(directory, findings);
  return findings;
}

namespace examination {

Finding fine(std::string subject, std::string text) {
  return {std::move(subject), Finding::Level::ok, std::move(text), ""};
}

Finding note(std::string subject, std::string text, std::string advice) {
  return {std::move(subject), Finding::Level::note, std::move(text), std::move(advice)};
}

Finding problem(std::string subject, std::string text, std::string advice) {
  return {std::move(subject), Finding::Level::problem, std::move(text), std::move(advice)};
}

Finding told(std::string subject, const Status& status, std::string well, std::string_view advice) {
  if (status) return fine(std::move(subject), std::move(well));
  const Error& error = status.error();
  return problem(std::move(subject), error.message, error.hint.empty() ? std::string(advice) : error.hint);
}

}  // namespace examination
}  // namespace touchstone::storage
