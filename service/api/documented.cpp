#include "service/api/documented.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <api/components.hpp>

namespace touchstone::api {

namespace {

constexpr std::array kGroups{
    Group{"Evaluation", "What a unit sees."},
    Group{"Events", "What units met, did and said."},
    Group{"Units", "Whose events these are, and that they may be forgotten."},
    Group{"OpenFeature", "OFREP 0.3: what OpenFeature's own providers speak."},
    Group{"GrowthBook", "What GrowthBook's own SDKs speak."},
    Group{"Experiments", "Questions, their arms, their runs, and who won."},
    Group{"Flags", "What clients evaluate."},
    Group{"Layers", "Spaces in which experiments exclude each other."},
    Group{"Metrics", "How events become numbers."},
    Group{"Segments", "Who, by rule or by name."},
    Group{"Environments", "How reports tell days, money and months."},
    Group{"Views", "How people want to see lists of the console again."},
    Group{"History", "Who changed what, when and why."},
    Group{"Keys", "What programs may do."},
    Group{"People", "Who signs in, and what they may do."},
    Group{"Pages", "For people with a browser."},
    Group{"Contract", "What you are reading."},
    Group{"Operation", "How the service is doing."},
};

bool answers(const Row& row, int status) {
  return std::ranges::find(row.contract.answers, status, &Answer::status) != row.contract.answers.end();
}

bool is_once(const Row& row) { return std::holds_alternative<OnceCall>(row.call); }

/// In the words of the route.
Answer says_no(const Row& row, int status, std::string_view about) {
  auto answer = refuses(status, about);
  if (row.wording == Wording::problem) return answer;
  answer.schema = "OfrepFailure";
  answer.media = "application/json";
  return answer;
}

void add_refusals_of_keys(const Row& row, std::vector<Answer>& all) {
  if (!takes_key(row)) return;
  all.push_back(says_no(row, 401, row.roles.takes_keys() ? "No valid key." : "Nobody is signed in."));
  all.back().headers = {"WWW-Authenticate"};
  if (!row.roles.all()) all.push_back(says_no(row, 403, "Neither this kind of key nor this role may do this."));
  all.push_back(says_no(
      row, 429,
      is_stream(row) ? "This key has too many streams open, or opens too many." : "Over the rate limit of this key."));
  all.back().headers = {"Retry-After"};
}

void add_refusals_of_bodies(const Row& row, std::vector<Answer>& all) {
  const auto limit = size_words(row.max_body);
  if (!answers(row, 413))
    all.push_back(refuses(413, row.max_body == 0 ? "There is a body, and this route takes none."
                                                 : "The body is over the limit of " + limit + ", inflated."));
  if (row.max_body == 0) return;
  all.push_back(refuses(400, "The body is not what its Content-Encoding says."));
  if (takes_key(row))
    all.push_back(says_no(
        row, 415, row.beacon ? "The body is no text, JSON or NDJSON." : "The body is neither JSON nor NDJSON."));
}

void add_refusals_of_lanes(const Row& row, std::vector<Answer>& all) {
  if (std::holds_alternative<FastCall>(row.call)) return;
  all.push_back(says_no(row, 503,
                        is_stream(row) ? "Too many streams are open."
                                       : "The queue is full or the service is stopping: nothing was done."));
  all.back().headers = {"Retry-After"};
}

}  // namespace

std::span<const Group> groups() { return kGroups; }

bool takes_key(const Row& row) { return !row.roles.open() && !row.roles.is_page(); }

bool has_key_in_path(const Row& row) { return row.pattern.ends_with("/{client_key}"); }

bool is_live(const Row& row) { return std::holds_alternative<LiveCall>(row.call); }

bool is_stream(const Row& row) { return std::holds_alternative<StreamCall>(row.call) || is_live(row); }

bool takes_session(const Row& row) { return takes_key(row) && row.roles.least().has_value(); }

std::string size_words(std::size_t bytes) {
  constexpr std::size_t KiB = 1'024;
  if (bytes >= KiB * KiB) return std::to_string(bytes / KiB / KiB) + " MiB";
  return std::to_string(bytes / KiB) + " KiB";
}

std::vector<Answer> answers_of(const Row& row) {
  auto all = row.contract.answers;
  if (is_once(row)) all.front().headers.emplace_back("Idempotency-Replayed");
  if (takes_key(row) && row.pattern.find('{') != std::string_view::npos && !has_key_in_path(row))
    all.push_back(says_no(row, 404, "There is no such thing in this environment."));
  add_refusals_of_keys(row, all);
  add_refusals_of_bodies(row, all);
  add_refusals_of_lanes(row, all);
  std::ranges::stable_sort(all, {}, &Answer::status);
  return all;
}

std::vector<std::string_view> path_parameters(std::string_view pattern) {
  std::vector<std::string_view> names;
  for (auto begin = pattern.find('{'); begin != std::string_view::npos; begin = pattern.find('{', begin + 1))
    names.push_back(pattern.substr(begin + 1, pattern.find('}', begin) - begin - 1));
  return names;
}

std::vector<std::string_view> parameters_of(const Row& row) {
  auto names = path_parameters(row.pattern);
  if (answers(row, 304)) names.emplace_back("IfNoneMatch");
  if (answers(row, 412)) names.emplace_back("IfMatch");
  if (is_once(row)) names.emplace_back("IdempotencyKey");
  if (is_stream(row)) names.emplace_back("LastEventId");
  return names;
}

std::string_view method_word(http::Method method) noexcept {
  switch (method) {
    case http::Method::get:
      return "get";
    case http::Method::head:
      return "head";
    case http::Method::post:
      return "post";
    case http::Method::put:
      return "put";
    case http::Method::patch:
      return "patch";
    case http::Method::del:
      return "delete";
    case http::Method::options:
      return "options";
  }
  return "";
}

std::string_view components() { return assets::api::components; }

}  // namespace touchstone::api
