// Files of a data directory, damaged at random: a report is what it was, or is refused with a word on the file. The
// directory is that of a service that was killed, so that journals of SQLite's own lie beside the files.

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/fault/stream.hpp"

namespace touchstone::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kPage = 4096;

/// What is done to one file.
struct Damage {
  const char* name;
  void (*harm)(const fs::path& file, std::mt19937_64& random);
};

void write_at(const fs::path& file, std::size_t place, const std::string& bytes) {
  std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
  out.seekp(static_cast<std::streamoff>(place));
  out << bytes;
}

std::string noise(std::size_t size, std::mt19937_64& random) {
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

void harm_header(const fs::path& file, std::mt19937_64& random) { write_at(file, random() % 96, noise(4, random)); }

void harm_bytes(const fs::path& file, std::mt19937_64& random) {
  const auto size = fs::file_size(file);
  write_at(file, random() % size, noise(1 + random() % 16, random));
}

void clear_page(const fs::path& file, std::mt19937_64& random) {
  const auto pages = std::max<std::size_t>(1, fs::file_size(file) / kPage);
  write_at(file, random() % pages * kPage, std::string(kPage, '\0'));
}

void cut(const fs::path& file, std::mt19937_64& random) { fs::resize_file(file, random() % fs::file_size(file)); }

constexpr std::array kDamages{Damage{"header", harm_header}, Damage{"bytes", harm_bytes}, Damage{"page", clear_page},
                              Damage{"cut", cut}};

/// Files of the directory that hold anything.
std::vector<fs::path> files_of(const fs::path& data) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(data))
    if (entry.is_regular_file() && entry.file_size() > 0) files.push_back(entry.path().filename());
  std::ranges::sort(files);
  return files;
}

/// Its files; what a killed service leaves beside them, such as a socket, is nobody's any more.
void copy_files(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  for (const auto& entry : fs::directory_iterator(from))
    if (entry.is_regular_file()) fs::copy_file(entry.path(), to / entry.path().filename());
}

struct Told {
  Outcome outcome;
  json digest;  ///< null where there is no report
};

Told report_of(const fs::path& data) {
  Told told{run({program(), "report", "kill", "--json", "--data", data.string()}), nullptr};
  if (told.outcome.exit_code == 0) told.digest = json::parse(told.outcome.out)["digest"];
  return told;
}

bool same(const json& one, const json& other) {
  return one["results"] == other["results"] && one["events"] == other["events"] &&
         one["configuration"] == other["configuration"];
}

/// A directory with an experiment and its events: of a service that was killed, or that ended in order.
void stock(const fs::path& data, bool killed) {
  Service service(data, {"--checkpoint-events", "300"});
  agree_on_experiment(service);
  for (const auto& body : batches(events_to_send(40), kBatch)) service.must_post("/v1/events", body);
  if (killed)
    service.kill();
  else
    ASSERT_EQ(service.stop(), 0);
}

/// One directory, damaged again and again.
class Damaged {
 public:
  Damaged(const fs::path& home, bool killed) : home_(home), sound_(home / (killed ? "killed" : "ended")) {
    stock(sound_, killed);
    files_ = files_of(sound_);
    copy_files(sound_, home_ / "first");
    before_ = report_of(home_ / "first");
    fs::remove_all(home_ / "first");
    EXPECT_EQ(before_.outcome.exit_code, 0) << before_.outcome.err;
  }

  void round(std::mt19937_64& random, const std::string& named) {
    const auto data = home_ / "damaged";
    copy_files(sound_, data);
    const auto& file = files_[random() % files_.size()];
    const Damage& damage = kDamages.at(random() % kDamages.size());
    damage.harm(data / file, random);
    judge(file, report_of(data), told_as(damage, file, named));
    fs::remove_all(data);
  }

  std::size_t same_result = 0;
  std::size_t refused = 0;

 private:
  [[nodiscard]] std::string told_as(const Damage& damage, const fs::path& file, const std::string& named) const {
    return std::string(damage.name) + " of " + (sound_.filename() / file).string() + ", " + named;
  }

  void judge(const fs::path& file, const Told& after, const std::string& where) {
    EXPECT_LT(after.outcome.exit_code, 128) << where << ": " << after.outcome.err;
    if (after.outcome.exit_code == 0) {
      EXPECT_TRUE(same(before_.digest, after.digest)) << "silently another result: " << where;
      ++same_result;
      return;
    }
    EXPECT_NE(after.outcome.err.find(file.stem().string()), std::string::npos)
        << "does not name the file: " << where << ": " << after.outcome.err;
    ++refused;
  }

  fs::path home_;
  fs::path sound_;
  std::vector<fs::path> files_;
  Told before_;
};

TEST(FaultDamage, AReportIsWhatItWasOrNamesTheFile) {
  const std::uint64_t seed = fault_seed();
  std::mt19937_64 random(seed);
  const TemporaryDirectory home;
  Damaged killed(home.path(), true);
  Damaged ended(home.path(), false);
  for (std::size_t round = 0; round < rounds(); ++round)
    for (Damaged* directory : {&killed, &ended})
      directory->round(random, "round " + std::to_string(round) + " of seed " + std::to_string(seed));
  std::printf("%zu damages: %zu reports were what they were, %zu were refused, none was silently another\n",
              2 * rounds(), killed.same_result + ended.same_result, killed.refused + ended.refused);
}

}  // namespace
}  // namespace touchstone::e2e
