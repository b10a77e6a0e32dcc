// The architecture as a test: arrows one way, libraries behind their walls, nothing left out of the build.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = TOUCHSTONE_SOURCE_DIR;

const std::vector<std::string> kProduct = {"assign", "stats", "storage", "service", "sdk"};

/// Which folders a folder may include besides itself. A folder stands for all that lies below it, unless a longer name
/// is listed.
const std::map<std::string, std::set<std::string>> kArrows = {
    {"assign", {}},
    {"stats", {}},
    {"storage", {"assign", "stats"}},
    {"sdk/wire", {"assign"}},
    {"sdk/cpp", {"assign", "sdk/wire"}},
    {"service/http", {"assign"}},
    {"service/observe", {}},
    {"service/judge", {"assign", "stats", "storage"}},
    {"service/page", {"assign", "stats", "storage", "service/judge"}},
    {"service/codec", {"assign", "stats", "storage", "service/judge", "sdk/wire"}},
    {"service/fast", {"assign", "service/codec", "service/http"}},
    {"service/console", {}},
    {"service/simulate", {"storage", "service/judge"}},
    {"service/app",
     {"assign", "stats", "storage", "service/judge", "service/codec", "service/fast", "service/observe", "sdk/wire"}},
    {"service/api",
     {"assign", "stats", "storage", "service/judge", "service/codec", "service/fast", "service/app", "service/http",
      "service/console", "service/observe", "service/page", "sdk/wire"}},
    {"service/cli",
     {"assign", "stats", "storage", "service/judge", "service/codec", "service/app", "service/api", "service/http",
      "service/fast", "service/simulate", "service/observe", "service/page", "sdk/wire"}},
};

/// A library and the folders that may include it.
struct Wall {
  std::string what;
  std::regex include;
  std::set<std::string> inside;
};

const std::vector<Wall>& walls() {
  static const std::vector<Wall> all = {
      {"Boost.Beast and Asio", std::regex(R"(^<boost/(beast|asio)[/.])"), {"service/http"}},
      {"JSON libraries", std::regex(R"(^<(nlohmann/|boost/json))"), {"service/codec", "sdk/wire"}},
      {"SQL clients", std::regex(R"(^<(sqlite3|libpq))"), {"storage"}},
      {"Boost.Math", std::regex(R"(^<boost/math/)"), {"stats"}},
      {"the command-line parser", std::regex(R"(^<CLI/)"), {"service/cli"}},
      {"threads",
       std::regex(
           R"(^<(thread|mutex|shared_mutex|atomic|condition_variable|future|semaphore|latch|barrier|stop_token)>)"),
       {"assign", "storage", "service/http", "service/fast", "service/observe", "service/app", "service/api",
        "service/cli", "sdk/cpp"}},
      {"the HTTP client library", std::regex(R"(^<curl/)"), {"sdk/cpp"}},
      {"the time-zone rules", std::regex(R"(^<date/)"), {"service/codec"}},
      {"the regular expression engine", std::regex(R"(^<re2/)"), {"assign"}},
  };
  return all;
}

std::string from_root(const fs::path& file) { return fs::relative(file, kRoot).generic_string(); }

std::vector<fs::path> files_below(const std::string& folder, const std::set<std::string>& endings) {
  std::vector<fs::path> found;
  if (!fs::exists(kRoot / folder)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
    if (entry.path().string().find("node_modules") != std::string::npos) continue;
    if (entry.is_regular_file() && endings.contains(entry.path().extension().string())) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

std::vector<fs::path> product_files(const std::set<std::string>& endings) {
  std::vector<fs::path> all;
  for (const auto& folder : kProduct) std::ranges::copy(files_below(folder, endings), std::back_inserter(all));
  return all;
}

/// The arrow table's row for a path: the longest listed folder that holds it.
std::string module_of(const std::string& path) {
  std::string best;
  for (const auto& [folder, ignored] : kArrows)
    if (path.starts_with(folder + "/") && folder.size() > best.size()) best = folder;
  return best;
}

std::vector<std::string> includes_of(const fs::path& file) {
  static const std::regex directive(R"(^\s*#\s*include\s*([<"][^>"]+[>"]))");
  std::ifstream in(file);
  std::vector<std::string> found;
  std::smatch match;
  for (std::string line; std::getline(in, line);)
    if (std::regex_search(line, match, directive)) found.push_back(match[1]);
  return found;
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Layers, EveryFolderOfTheProductHasARowInTheArrowTable) {
  for (const auto& file : product_files({".hpp", ".cpp"}))
    EXPECT_NE(module_of(from_root(file)), "") << from_root(file) << " lies in no folder of the arrow table";
}

TEST(Layers, ArrowsRunOneWay) {
  for (const auto& file : product_files({".hpp", ".cpp"})) {
    const std::string from = module_of(from_root(file));
    if (from.empty()) continue;
    for (const auto& include : includes_of(file)) {
      const std::string to = include.front() == '"' ? module_of(include.substr(1)) : "";
      if (to.empty() || to == from) continue;
      EXPECT_TRUE(kArrows.at(from).contains(to)) << from_root(file) << " includes " << include;
    }
  }
}

TEST(Layers, ProjectIncludesAreWrittenFromTheRoot) {
  for (const auto& file : product_files({".hpp", ".cpp"}))
    for (const auto& include : includes_of(file))
      if (include.front() == '"') {
        EXPECT_NE(module_of(include.substr(1)), "") << from_root(file) << " includes " << include;
      }
}

TEST(Layers, LibrariesStayBehindTheirWalls) {
  for (const auto& file : product_files({".hpp", ".cpp"}))
    for (const auto& include : includes_of(file))
      for (const auto& wall : walls())
        if (std::regex_search(include, wall.include)) {
          EXPECT_TRUE(wall.inside.contains(module_of(from_root(file))))
              << wall.what << " in " << from_root(file) << ": " << include;
        }
}

bool includes_heavy(const fs::path& file) {
  static const std::regex heavy(R"(^<(boost/(beast|asio|math|json)|nlohmann/json\.hpp|CLI/|sqlite3\.h))");
  return std::ranges::any_of(includes_of(file), [](const auto& include) { return std::regex_search(include, heavy); });
}

// What is private to a module may hold a library's types; nothing that others include may.
TEST(Layers, HeavyLibrariesSpreadThroughNoHeader) {
  static const std::regex private_folder(R"(/(sqlite|detail)/)");
  std::set<std::string> heavy;
  for (const auto& file : product_files({".hpp"}))
    if (includes_heavy(file) && !std::regex_search(from_root(file), private_folder)) heavy.insert(from_root(file));
  for (const auto& file : product_files({".hpp"}))
    for (const auto& include : includes_of(file))
      EXPECT_FALSE(heavy.contains(include.substr(1, include.size() - 2))) << from_root(file) << " includes " << include;
}

TEST(Layers, TheHotLaneDoesNotLinkStorage) {
  const std::string text = text_of(kRoot / "service/fast/CMakeLists.txt");
  ASSERT_NE(text, "");
  EXPECT_EQ(text.find("touchstone_storage"), std::string::npos);
}

TEST(Layers, TheSdkLinksNothingOfTheService) {
  const std::string text = text_of(kRoot / "sdk/cpp/CMakeLists.txt") + text_of(kRoot / "sdk/wire/CMakeLists.txt");
  ASSERT_NE(text, "");
  static const std::regex forbidden("touchstone_(storage|stats|codec|json|fast|http|judge|app|api)\\b");
  EXPECT_FALSE(std::regex_search(text, forbidden));
}

TEST(Layers, EverySourceIsInTheBuild) {
  const std::string commands = text_of(fs::path(TOUCHSTONE_BINARY_DIR) / "compile_commands.json");
  ASSERT_NE(commands, "");
  auto files = product_files({".cpp"});
  std::ranges::copy(files_below("tests", {".cpp"}), std::back_inserter(files));
  for (const auto& file : files) {
    const std::string path = from_root(file);
    if (path.starts_with("tests/fuzz/") || path.starts_with("tests/bench/")) {
      EXPECT_NE(text_of(file.parent_path() / "CMakeLists.txt").find(file.stem().string()), std::string::npos)
          << path << " is in no CMakeLists.txt";
    } else {
      EXPECT_NE(commands.find("/" + path + "\""), std::string::npos) << path << " is not compiled";
    }
  }
}

TEST(Layers, EveryHeaderIsCompiledAlone) {
  const std::string commands = text_of(fs::path(TOUCHSTONE_BINARY_DIR) / "compile_commands.json");
  for (const auto& file : product_files({".hpp"}))
    EXPECT_NE(commands.find("/" + from_root(file) + ".cxx\""), std::string::npos)
        << from_root(file) << " is in no HEADERS list";
}

TEST(Layers, EveryShippedSqlFileIsEmbedded) {
  const std::string list = text_of(kRoot / "storage/CMakeLists.txt");
  for (const auto& file : files_below("storage", {".sql"}))
    EXPECT_NE(list.find(file.filename().string()), std::string::npos) << from_root(file);
}

TEST(Layers, TheTopLevelIsFixed) {
  const std::set<std::string> expected = {
      "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "assign", "dev", "sdk", "service",
      "stats",          "storage",           "tests"};
  for (const auto& entry : fs::directory_iterator(kRoot)) {
    const std::string name = entry.path().filename().string();
    if (name.front() == '.' || name == "build" || name == "touchstone-data") continue;
    EXPECT_TRUE(expected.contains(name)) << name;
  }
}

}  // namespace
