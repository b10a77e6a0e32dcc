#include "service/api/routes.hpp"

#include <fmt/format.h>

#include "service/api/drawings.hpp"
#include "service/api/guard.hpp"
#include "service/api/handlers.hpp"

namespace touchstone::api {

namespace {

using http::Method;

constexpr std::size_t KiB = 1024;
constexpr std::size_t MiB = 1024 * KiB;

constexpr Kind kExperiment{"experiment", "Experiment"};
constexpr Kind kFlag{"flag", "Flag"};
constexpr Kind kLayer{"layer", "Layer"};
constexpr Kind kMetric{"metric", "Metric"};
constexpr Kind kSegment{"segment", "Segment"};
constexpr Kind kEnvironment{"environment", "Environment"};

constexpr std::string_view kBoolean = R"({"type":"boolean"})";
constexpr std::string_view kTime = R"({"$ref":"#/components/schemas/Time"})";
constexpr std::string_view kAttributes =
    R"({"type":"object","additionalProperties":false,"patternProperties":{"^attr\\..":{"type":"string"},)"
    R"("^num\\..":{"type":"number"},"^bool\\..":{"type":"boolean"}}})";

const Parameter kArchived{"archived", "Also what is archived.", kBoolean};
const Parameter kToken{"token", "Of the link."};
const std::string kHtml = "text/html; charset=utf-8";
const std::string kNdjson = "application/x-ndjson";

Answer found(std::string about, std::string schema) { return {200, std::move(about), std::move(schema)}; }
Answer html(int status, std::string about) { return {status, std::move(about), "", kHtml}; }

// -- decisions and what happened

std::vector<Parameter> subject_parameters(std::string_view about_flag) {
  return {
      {"flag", about_flag},
      {"unit", "The unit's id.", R"({"$ref":"#/components/schemas/UnitId"})"},
      {"unit_type", "Its type; by default user.", R"({"$ref":"#/components/schemas/Key"})"},
      {"preview", "Token of a preview link: the variant to look at, without being exposed."},
      {"attributes", "Each as a parameter of its own: attr.NAME=text, num.NAME=number, bool.NAME=true.", kAttributes}};
}

Contract evaluates_query() {
  return {"Evaluation",
          "evaluateQuery",
          "Says what a unit sees, asked in the query.",
          subject_parameters("One flag; without it, all of them."),
          "",
          {found("The decision, or all of them.", "EvaluateAnswer"), refuses(404, "There is no such flag."),
           refuses(413, "More than 256 attributes."), refuses(422, "A parameter is unknown or has no such value.")}};
}

Contract evaluates_body() {
  return {"Evaluation",
          "evaluate",
          "Says what a unit sees.",
          {},
          "EvaluateRequest",
          {found("The decision, or several.", "EvaluateAnswer"), refuses(404, "There is no such flag."),
           refuses(422, "A field breaks a rule.")}};
}

Answer fails(int status, std::string about) { return {status, std::move(about), "OfrepFailure"}; }

Contract evaluates_ofrep_flag() {
  return {"OpenFeature",
          "evaluateOfrepFlag",
          "Says what a unit sees of one flag. May log an exposure.",
          {},
          "OfrepRequest",
          {found("The flag's value; without one, the default in the code.", "OfrepFlag"),
           fails(400, "The context cannot be read, or lacks the targetingKey that the flag needs."),
           fails(404, "There is no such flag.")}};
}

Contract evaluates_ofrep_flags() {
  return {"OpenFeature",
          "evaluateOfrepFlags",
          "Says what a unit sees of every flag. Never logs an exposure.",
          {{"flagConfigEtag", "Of the event that led to this request; read by nobody here."},
           {"flagConfigLastModified", "Likewise."}},
          "OfrepRequest",
          {{200, "All flags for this context.", "OfrepFlags", "application/json", {"ETag"}},
           unmodified(),
           fails(400, "The context cannot be read.")}};
}

Contract tracks() {
  return {"OpenFeature",
          "trackOfrep",
          "Takes what OpenFeature's track and evaluation hooks say; answers after it is on disk.",
          {{"client_key", "A client key, for beacons, which set no headers."}},
          "OfrepTrack",
          {found("One verdict per item.", "Verdicts"), fails(400, "The body as a whole cannot be read.")}};
}

Contract explains_query() {
  return {"Evaluation",
          "explainQuery",
          "Says why a unit sees what it sees, asked in the query. Nobody is exposed by it.",
          subject_parameters("One flag: it must be named."),
          "",
          {found("The decision with its reasons.", "Explanation"), refuses(404, "There is no such flag."),
           refuses(413, "More than 256 attributes."), refuses(422, "A parameter is unknown or has no such value.")}};
}

Contract explains_body() {
  return {"Evaluation",
          "explain",
          "Says why a unit sees what it sees. Nobody is exposed by it.",
          {},
          "EvaluateRequest",
          {found("The decision with its reasons.", "Explanation"), refuses(404, "There is no such flag."),
           refuses(422, "A field breaks a rule, or no single flag is named.")}};
}

Contract creates_preview_link() {
  return {"Experiments",
          "createPreviewLink",
          "Signs leave to look at a variant of a running experiment on one's own device. Whoever uses it is neither "
          "exposed nor analysed.",
          {},
          "NewPreviewLink",
          {{201, "A token for `preview` of an evaluation, and the link that carries it.", "PreviewLink"},
           refuses(404, "There is no such experiment."),
           refuses(409, "The experiment does not run."),
           refuses(422, "A field breaks a rule.")}};
}

Contract sizes_up() {
  return {
      "Experiments",
      "sizeUpExperiment",
      "How many units an experiment needs, the smallest change it can find, or how sure it is to find one: two of the "
      "three give the third. From figures, or from what an earlier experiment's control shows; at any look, at a few, "
      "or at one; of a difference, or of none beyond a margin; with a covariate, or in clusters.",
      {},
      "SampleSizeQuestion",
      {found("Units, effect, power and how long it takes.", "SampleSize"),
       refuses(404, "There is no such experiment, or it does not judge the metric."),
       refuses(409, "The experiment has no figures yet."),
       refuses(422, "A field breaks a rule, or no such experiment can be planned.")}};
}

Contract plans_change() {
  return {"Experiments",
          "planExperimentChange",
          "Counts whom a change would move, and changes nothing.",
          {},
          "ExperimentChange",
          {found("How many met a variant, would get another, or none.", "PlannedChange"),
           refuses(404, "There is no such experiment."),
           refuses(409, "It would change what is fixed since the start, or the layer has no room."),
           refuses(422, "A field breaks a rule.")}};
}

Contract takes_events() {
  return {"Events",
          "sendEvents",
          "Takes exposures, events, links and traits; answers after they are on disk.",
          {},
          "Events",
          {found("One verdict per item.", "Verdicts"), refuses(422, "The body as a whole cannot be read.")}};
}

Contract shows_snapshot() {
  return {"Evaluation",
          "showSnapshot",
          "Gives all rules, for evaluation in the caller's process.",
          {},
          "",
          {{200, "Everything that was published.", "Snapshot", "application/json", {"ETag"}},
           unmodified(),
           refuses(422, "A parameter is unknown.")}};
}

Contract streams(std::string name, std::string summary) {
  return {"Evaluation",
          std::move(name),
          std::move(summary),
          {{"token", "In the place of a key: opens the stream and nothing else."},
           {"since", "The config_version that the reader has, where it had no stream before.",
            R"({"type":"integer","minimum":0})"}},
          "",
          {{200, "Server-sent events: the current state at once, then each change; a comment now and then.", "",
            "text/event-stream"},
           refuses(422, "A parameter is unknown or the query cannot be read.")}};
}

Contract shows_growthbook() {
  return {"GrowthBook",
          "showGrowthbookFeatures",
          "Gives GrowthBook's SDKs what they evaluate by themselves, and names what they must ask for.",
          {},
          "",
          {{200, "All that was published, in their words.", "GrowthbookFeatures", "application/json", {"ETag"}},
           unmodified(),
           refuses(422, "A parameter is unknown.")}};
}

Contract evaluates_growthbook() {
  return {"GrowthBook",
          "evaluateGrowthbook",
          "Remote evaluation: what a unit sees, as features that force it, with what the SDK is to track.",
          {},
          "GrowthbookEvaluation",
          {found("What it sees.", "GrowthbookFeatures"), refuses(422, "A field breaks a rule.")}};
}

Contract streams_growthbook() {
  return {"GrowthBook",
          "streamGrowthbook",
          "Sends GrowthBook's SDKs each new payload (`features`), or tells them to ask for it (`features-updated`).",
          {},
          "",
          {{200, "Server-sent events, the current state first.", "", "text/event-stream"},
           refuses(422, "A parameter is unknown.")}};
}

Contract tracks_growthbook() {
  return {
      "GrowthBook",
      "trackGrowthbook",
      "Takes what the tracking plugin of GrowthBook's SDKs sends; answers after it is on disk.",
      {{"client_key", "A client key, for beacons, which set no headers."}},
      "GrowthbookTrack",
      {found("One verdict per item that is kept.", "Verdicts"), refuses(422, "The body as a whole cannot be read.")}};
}

Contract reports() {
  return {"Experiments",
          "showReport",
          "Says who won, how sure that is, and whether to believe it.",
          {{"pretty", "Written for people.", kBoolean},
           {"as_of", "What was known then.", kTime},
           {"until", "Events up to then.", kTime}},
          "",
          {found("The report.", "Report"), refuses(422, "A parameter is unknown or has no such value.")}};
}

Contract shows_interactions() {
  return {"Experiments",
          "showInteractions",
          "Says whether other experiments on the same units change what this one does: a look at one moment, which "
          "warns and decides nothing.",
          {},
          "",
          {found("What was found, by units shared.", "Interactions"), refuses(422, "A parameter is unknown.")}};
}

Contract shows_survival() {
  return {"Experiments",
          "showSurvival",
          "Says how long it takes until an event, or until customers leave, also of those to whom it has not happened "
          "yet: of each metric of kind duration, and of churn by an event. Compared once, at the planned end.",
          {},
          "",
          {found("Of each such metric.", "Staying"), refuses(422, "A parameter is unknown.")}};
}

Contract shows_portfolio() {
  return {"Experiments",
          "showPortfolio",
          "Says what all experiments that have begun come to: how many a month, how they ended, and what was shipped, "
          "as measured and as it is to be believed.",
          {{"state", "Of these alone: running, paused, stopped or archived."},
           {"owner", "Of this owner alone."},
           {"tag", "With this tag alone."},
           {"metric", "With this first goal alone."},
           {"from", "Begun then or later.", kTime},
           {"before", "Begun before then.", kTime}},
          "",
          {found("The portfolio.", "Portfolio"), refuses(422, "A parameter is unknown or has no such value.")}};
}

Contract lists_views() {
  return {"Views", "listViews", "Lists what is kept of lists of the console: what everybody shares, and one's own.",
          {},      "",          {found("All of them, by name.", "ViewList"), refuses(422, "A parameter is unknown.")}};
}

Contract puts_view() {
  return {"Views",
          "putView",
          "Keeps how a list is to be shown, for everybody or for oneself. May be repeated.",
          {},
          "NewView",
          {found("The view.", "View"), refuses(409, "Somebody else has a view of this key, or there are 200."),
           refuses(422, "A field breaks a rule.")}};
}

Contract deletes_view() {
  return {"Views", "deleteView", "Keeps it no longer.",
          {},      "",           {{204, "It is gone.", "", ""}, refuses(422, "A parameter is unknown.")}};
}

Contract shows_sensitivities() {
  return {
      "Metrics",
      "listSensitivities",
      "Says what each metric's own history tells of planning with it. Found beside everything else when it is asked "
      "for, and kept for ten minutes: until it is there, the answer says how far it is.",
      {},
      "",
      {found("Of every metric.", "Sensitivities"), refuses(422, "A parameter is unknown.")}};
}

Contract shows_sensitivity() {
  return {"Metrics",
          "showSensitivity",
          "The same of one metric.",
          {},
          "",
          {found("Of this one.", "Sensitivities"), refuses(422, "A parameter is unknown.")}};
}

Contract shows_segment_count() {
  return {"Segments",
          "showSegmentCount",
          "Counts the units of the last 28 days that are in the segment, by the attributes that they carried last.",
          {},
          "",
          {found("How many, and a few of them.", "UnitCount"), refuses(422, "A parameter is unknown.")}};
}

Contract counts_condition() {
  return {"Segments",
          "countCondition",
          "The same of a condition that nobody has saved.",
          {},
          "CountedCondition",
          {found("How many, and a few of them.", "UnitCount"), refuses(422, "A field breaks a rule.")}};
}

Contract streams_live() {
  return {"Experiments",
          "streamLive",
          "Says what an experiment shows, at once and while data arrive, at most twice a second: `state` events, whose "
          "data are a LiveState. A look that takes long says how far it is (`stage`); `end` is the last event of one "
          "that has ended, and of one as it was: its journal is read again.",
          {{"as_of", "What was known then.", kTime}, {"until", "Events up to then.", kTime}},
          "",
          {{200, "Server-sent events; a comment now and then. Each `state` carries what is described here.",
            "LiveState", "text/event-stream"},
           refuses(422, "A parameter is unknown or has no such value.")}};
}

Contract lists_decisions() {
  return {"Experiments",
          "listDecisions",
          "Lists what was decided, with or against the advice of then.",
          {},
          "",
          {found("All of them, by age.", "DecisionList"), refuses(422, "A parameter is unknown.")}};
}

Contract records_decision() {
  return {"Experiments",
          "recordDecision",
          "Logs a decision beside what the report advises at this moment. It changes nothing else.",
          {},
          "NewDecision",
          {{201, "The decision and its grounds.", "Decision"},
           refuses(409, "The experiment has not begun, or the same request is being answered."),
           refuses(422, "A field breaks a rule, or a decision against the advice has no reason.")}};
}

Contract lists_shares() {
  return {"Experiments",
          "listShareLinks",
          "Lists the links to the report that work, without the links themselves.",
          {},
          "",
          {found("All of them, by when they end.", "ShareLinkList"), refuses(422, "A parameter is unknown.")}};
}

Contract shares() {
  return {"Experiments",
          "shareReport",
          "Makes a link by which anybody can read the report, and shows it, once.",
          {},
          "NewShareLink",
          {{201, "It works until it ends or is taken back.", "SharedLink"},
           refuses(409, "The same request is being answered."),
           refuses(422, "A field breaks a rule.")}};
}

Contract takes_back_share() {
  return {"Experiments",
          "takeBackShareLink",
          "Ends a link at once.",
          {},
          "",
          {{204, "It shows nothing any more.", "", ""}, refuses(422, "A parameter is unknown.")}};
}

Contract shows_preflight() {
  return {"Experiments",
          "showPreflight",
          "Looks at what would make its report worthless. Nothing is changed.",
          {},
          "",
          {found("Every check: ok, warn or block. A block refuses the start.", "Preflight"),
           refuses(422, "A parameter is unknown.")}};
}

Contract starts() {
  auto contract = moves("start", "Freezes the plan and lets units in.");
  contract.reads = "Start";
  contract.answers.back().about =
      "Its state or a pre-flight check forbids this, or the same request is being answered.";
  return contract;
}

Contract lists_changes() {
  auto query = page_parameters();
  query.push_back({"entity", "Of this kind alone: experiment, flag, layer, metric, segment, key, person or erasure."});
  query.push_back({"key", "Of what has this key alone."});
  query.push_back({"newest", "The newest first.", kBoolean});
  return {"History",
          "listChanges",
          "Lists who changed what, when and why.",
          std::move(query),
          "",
          {{200,
            "A page of them, ascending, or descending where the newest come first.",
            "ChangeList",
            "application/json",
            {"ETag"}},
           unmodified(),
           refuses(422, "A parameter is unknown or has no such value.")}};
}

Contract lists_events() {
  return {"Events",
          "listEvents",
          "Shows the events that were stored last, the newest first: of the last 100,000 that the service stored.",
          {page_parameters().front()},
          "",
          {found("At most as many as are asked for.", "StoredEventList"),
           refuses(422, "A parameter is unknown or has no such value.")}};
}

Contract shows_ledger() {
  return {"Events",
          "showLedger",
          "Counts what became of everything that was sent: by hour of receipt, key and experiment.",
          {{"from", "The first hour; by default a day before the last.", kTime},
           {"before", "The end of the last hour; by default now.", kTime}},
          "",
          {found("Sent = stored + duplicate + quarantined + refused, in every line.", "Ledger"),
           refuses(422, "A parameter is unknown or has no such value, or it is more than 31 days.")}};
}

Contract lists_quarantined() {
  return {"Events",
          "listQuarantined",
          "Lists events that are kept aside, and says why.",
          page_parameters(),
          "",
          {found("A page of them, ascending.", "QuarantinedList"),
           refuses(422, "A parameter is unknown or has no such value.")}};
}

Contract replays_quarantined() {
  return {"Events",
          "replayQuarantined",
          "Sends events that are kept aside again, at an earlier time if need be. May be repeated.",
          {},
          "Replay",
          {found("What became of each.", "Replayed"), refuses(404, "One of them is not kept aside."),
           refuses(422, "A field breaks a rule.")}};
}

std::vector<Parameter> unit_parameters() {
  return {{"unit", "The unit's id.", R"({"$ref":"#/components/schemas/UnitId"})"},
          {"unit_type", "Its type; by default user.", R"({"$ref":"#/components/schemas/Key"})"}};
}

Contract erases_unit() {
  auto parameters = unit_parameters();
  parameters.push_back({"linked", "Every unit of the same person, too.", kBoolean});
  return {
      "Units",
      "eraseUnit",
      "Forgets a unit: its events go, and what comes of it later is refused. May be repeated; 503 says that it is "
      "ordered and that repeating it finishes it.",
      std::move(parameters),
      "",
      {found("The certificate.", "ErasureCertificate"), refuses(422, "A parameter is unknown, or this is no unit.")}};
}

Contract shows_erasure() {
  return {"Units",
          "showErasure",
          "Shows the certificate of an erasure that is in force, as things stand now.",
          unit_parameters(),
          "",
          {found("The certificate.", "ErasureCertificate"), refuses(404, "The unit is not erased."),
           refuses(422, "A parameter is unknown, or this is no unit.")}};
}

Contract lifts_erasure() {
  return {"Units",
          "liftErasure",
          "Takes events of an erased unit again. Nothing comes back.",
          unit_parameters(),
          "",
          {{204, "They are taken.", "", ""},
           refuses(404, "The unit is not erased."),
           refuses(422, "A parameter is unknown, or this is no unit.")}};
}

Contract shows_retention() {
  return {"Units",
          "showRetention",
          "Says how long events are kept, from when on they are there, and which experiments hold older ones.",
          {},
          "",
          {found("How things stand.", "Retention"), refuses(422, "A parameter is unknown.")}};
}

Contract changes_retention() {
  return {
      "Units",
      "changeRetention",
      "Says how many months events are kept; null keeps them for ever. It takes effect with the next look, at midnight "
      "UTC, or with applyRetention.",
      {{"reason", "Why: the history keeps it."}},
      "RetentionRequest",
      {found("How things stand.", "Retention"), refuses(422, "A field breaks a rule, or a parameter is unknown.")}};
}

Contract applies_retention() {
  return {
      "Units",
      "applyRetention",
      "Lets go at once of what is older than is kept. Events that come wait meanwhile. 503 says that it is ordered and "
      "that repeating it finishes it.",
      {},
      "",
      {found("How things stand now.", "Retention"), refuses(422, "A parameter is unknown.")}};
}

// -- who may

Contract lists_keys() {
  return {"Keys",
          "listKeys",
          "Lists the keys by age, without their secrets.",
          page_parameters(),
          "",
          {{200, "A page of them.", "ApiKeyList", "application/json", {"ETag"}},
           unmodified(),
           refuses(422, "A parameter is unknown or has no such value.")}};
}

Contract creates_key() {
  return {"Keys",
          "createKey",
          "Makes a key and shows it, once.",
          {},
          "NewApiKey",
          {{201, "Keep it: nobody can show it again.", "IssuedKey"},
           refuses(409, "The same request is being answered."),
           refuses(422, "A field breaks a rule, or the Idempotency-Key was used for another request.")}};
}

Contract revokes_key() {
  return {"Keys",
          "revokeKey",
          "Ends a key, at once and for good.",
          {},
          "",
          {{204, "It works no more.", "", ""},
           refuses(409, "It was revoked before."),
           refuses(422, "A parameter is unknown.")}};
}

Contract creates_setup_link() {
  return {"People",
          "createSetupLink",
          "Makes a link that makes the first administrator; of a demo, one that lets its reader in.",
          {},
          "",
          {{201, "It works once, within a day.", "SetupLink"},
           refuses(409, "There is an administrator, or the same request is being answered."),
           refuses(422, "The Idempotency-Key was used for another request.")}};
}

/// To a form, of a browser or a program.
Contract lets_in(std::string name, std::string summary, std::vector<Parameter> query, std::string reads) {
  return {"People",
          std::move(name),
          std::move(summary),
          std::move(query),
          std::move(reads),
          {{200, "For a program: who it is by now.", "Me", "application/json", {"Set-Cookie"}},
           {303, "For a browser (Accept: text/html): it is signed in, and led on.", "", "", {"Set-Cookie", "Location"}},
           html(422, "For a browser: the form, and what is wrong."),
           refuses(422, "A field breaks a rule."),
           refuses(403, "A page of another origin sent it."),
           refuses(415, "The body is neither a form nor JSON.")}};
}

Contract offers_setup() {
  return {"People", "offerSetup", "Asks who the first administrator is; uses nothing up.",
          {kToken}, "",           {html(200, "A page with a form."), refuses(422, "The query cannot be read.")}};
}

Answer refuses_link() { return {401, "The link is used, expired or unknown.", "Problem", "application/problem+json"}; }

Contract redeems_setup() {
  auto contract = lets_in("redeemSetup", "Makes the first administrator, and signs them in.", {kToken}, "FirstPerson");
  contract.answers.push_back(html(401, "For a browser: the link is used, expired or unknown."));
  contract.answers.push_back(refuses_link());
  contract.answers.push_back(html(409, "For a browser: there is an administrator."));
  contract.answers.push_back(refuses(409, "There is an administrator."));
  return contract;
}

Contract offers_join() {
  return {"People",
          "offerJoin",
          "Asks for the password that somebody who was invited will sign in with; uses nothing up.",
          {kToken},
          "",
          {html(200, "A page with a form."), html(401, "For a browser: the link is of no use."), refuses_link(),
           refuses(422, "The query cannot be read.")}};
}

Contract redeems_join() {
  auto contract = lets_in("redeemJoin", "Gives somebody who was invited a password, and signs them in.", {kToken},
                          "ChosenPassword");
  contract.answers.push_back(html(401, "For a browser: the link is of no use."));
  contract.answers.push_back(refuses_link());
  return contract;
}

Contract offers_sign_in() {
  return {"People",
          "offerSignIn",
          "Asks for e-mail and password.",
          {{"next", "The path to go on to."}},
          "",
          {html(200, "A page with a form."), refuses(422, "The query cannot be read.")}};
}

Contract signs_in() {
  auto contract = lets_in("signIn", "Signs somebody in by e-mail and password.", {}, "SignIn");
  contract.answers.push_back(html(401, "For a browser: they do not belong together."));
  contract.answers.push_back(refuses(401, "They do not belong together, whether or not somebody has the address."));
  contract.answers.push_back({429, "For a browser: it failed too often of late.", "", kHtml, {"Retry-After"}});
  contract.answers.push_back(
      {429, "It failed too often of late.", "Problem", "application/problem+json", {"Retry-After"}});
  return contract;
}

Contract lists_people() {
  return {"People", "listPeople", "Lists who may sign in, by when they came.",
          {},       "",           {found("All of them.", "PersonList"), refuses(422, "A parameter is unknown.")}};
}

Contract invites_person() {
  return {"People",
          "invitePerson",
          "Makes somebody and a link to join by, and shows it, once.",
          {},
          "NewPerson",
          {{201, "The link works once, within three days.", "PersonLink"},
           refuses(409, "Somebody has this address."),
           refuses(422, "A field breaks a rule.")}};
}

Contract changes_person() {
  return {"People",
          "changePerson",
          "Changes name or role, or disables: whoever is disabled is signed out at once.",
          {},
          "PersonChange",
          {found("As it is now.", "Person"), refuses(409, "Nobody would be left to administer."),
           refuses(422, "A field breaks a rule.")}};
}

Contract links_person() {
  return {"People",
          "resetPerson",
          "Makes a link to choose another password by, and shows it, once. Until then the old one counts.",
          {},
          "",
          {{201, "It works once, within three days, and no earlier one does.", "PersonLink"},
           refuses(409, "The person is disabled."),
           refuses(422, "A parameter is unknown.")}};
}

Contract about_me(std::string name, std::string summary, Answer answer) {
  return {"People",
          std::move(name),
          std::move(summary),
          {},
          "",
          {std::move(answer), refuses(422, "A parameter is unknown.")}};
}

Contract ends_session() {
  return about_me("endSession", "Signs one of one's own browsers out.", {204, "It is signed out.", "", ""});
}

Contract ends_sessions() {
  return about_me("endSessions", "Signs all of one's own browsers out, this one too.",
                  {204, "They are signed out.", "", "", {"Set-Cookie"}});
}

Contract changes_password() {
  return {"People",
          "changePassword",
          "Changes one's own password. Every other browser is signed out.",
          {},
          "PasswordChange",
          {{204, "It is changed.", "", ""}, refuses(422, "A field breaks a rule, or the old one is another.")}};
}

// -- for people

Contract page(std::string name, std::string summary) {
  return {"Pages",
          std::move(name),
          std::move(summary),
          {},
          "",
          {html(200, "The page."), html(401, "Nobody is signed in: the form to do so."),
           html(403, "Neither this kind of key nor this role may read it.")}};
}

Contract report_page() {
  auto contract = page("showReportPage", "The report of an experiment as a page.");
  contract.query.push_back({"truth", "Shows what was planted in a simulated experiment.", kBoolean});
  contract.answers.push_back(refuses(404, "There is no such experiment; a browser is told by a page."));
  contract.answers.push_back(html(404, "For a browser (Accept: text/html)."));
  contract.answers.push_back(refuses(422, "A parameter is unknown."));
  return contract;
}

Contract exported(std::string name, const std::string& as, std::string_view media) {
  auto contract = page(std::move(name), "The report of an experiment as a file: " + as + ".");
  const std::string schema = media == "application/json" ? "Report" : media == kNdjson ? "SeriesLine" : "";
  contract.answers.front() = {200, "The file.", schema, std::string(media)};
  contract.answers.push_back(refuses(404, "There is no such experiment."));
  contract.answers.push_back(refuses(422, "A parameter is unknown."));
  return contract;
}

Contract drawing(std::string name, std::string_view of) {
  return exported(std::move(name), fmt::format("a drawing of {}", of), "image/svg+xml");
}

Contract shared_report() {
  return {"Pages",
          "showSharedReport",
          "The report behind a share link: it names no unit.",
          {},
          "",
          {html(200, "The page."), html(404, "The link has expired, was taken back, or never was.")}};
}

Contract asset() {
  return {"Pages",
          "showAsset",
          "A file that pages name: styles, and the console's script, which comes as gzip.",
          {},
          "",
          {{200, "The file.", "", "text/css; charset=utf-8", {"ETag"}},
           {200, "The file.", "", "text/javascript; charset=utf-8", {"ETag"}},
           unmodified(),
           refuses(404, "There is no such file.")}};
}

Contract docs() { return {"Contract", "showDocs", "The contract as a page.", {}, "", {html(200, "The page.")}}; }

Contract openapi() {
  return {"Contract",
          "showOpenapi",
          "The contract as an OpenAPI 3.1 document.",
          {},
          "",
          {{200, "The document.", "Document", "application/json", {"ETag"}}, unmodified()}};
}

Contract report_schema() {
  return {"Contract",
          "showReportSchema",
          "The document of a report as JSON Schema 2020-12.",
          {},
          "",
          {{200, "The schema.", "JsonSchema", "application/json", {"ETag"}}, unmodified()}};
}

// -- how it is doing

Contract health() {
  return {"Operation", "showHealth", "Says that the process answers.", {}, "", {found("It does.", "Health")}};
}

Contract readiness() {
  return {"Operation",
          "showReadiness",
          "Says whether anything can be promised at present.",
          {},
          "",
          {found("It can.", "Readiness"), {503, "It cannot, and why; or the queue is full.", "Readiness"}}};
}

Contract prometheus() {
  return {"Operation",
          "showMetrics",
          "Counters and gauges, as Prometheus reads them.",
          {},
          "",
          {{200, "Prometheus text.", "", "text/plain; version=0.0.4; charset=utf-8"}}};
}

Contract version() {
  return {"Operation", "showVersion", "Names the program.", {}, "", {found("Its name and version.", "Program")}};
}

// clang-format off
const std::vector<Row> kTable{
    // decisions and what happened
    {Method::get,   "/v1/evaluate",                  any_key,        0,        FastCall{evaluate_query},       evaluates_query()},
    {Method::post,  "/v1/evaluate",                  any_key,        64 * KiB, FastCall{evaluate_body},        evaluates_body()},
    {Method::post,  "/ofrep/v1/evaluate/flags/{key}", any_key,       64 * KiB, FastCall{evaluate_ofrep_flag},  evaluates_ofrep_flag(),  Wording::ofrep},
    {Method::post,  "/ofrep/v1/evaluate/flags",      any_key,        64 * KiB, FastCall{evaluate_ofrep_flags}, evaluates_ofrep_flags(), Wording::ofrep},
    {Method::post,  "/ofrep/v1/track",               any_key,        MiB,      DurableCall{take_ofrep_events}, tracks(),                Wording::ofrep, true},
    {Method::get,   "/v1/explain",                   rule_readers,   0,        SlowCall{explain_query},        explains_query()},
    {Method::post,  "/v1/explain",                   rule_readers,   64 * KiB, SlowCall{explain_body},         explains_body()},
    {Method::get,   "/v1/snapshot",                  rule_readers,   0,        SlowCall{show_snapshot},        shows_snapshot()},
    {Method::get,   "/v1/stream",                    any_key,        0,        StreamCall{stream_config},      streams("streamConfig", "Says which configuration is current, and each later one as soon as it is published.")},
    {Method::get,   "/ofrep/v1/stream",              any_key,        0,        StreamCall{stream_refetches},   streams("streamRefetches", "The same as OFREP says it: evaluate again (refetchEvaluation).")},
    {Method::post,  "/v1/events",                    any_key,        MiB,      DurableCall{take_events},       takes_events()},
    {Method::get,   "/v1/events",                    analysts,       0,        SlowCall{list_events},          lists_events()},
    {Method::get,   "/v1/ledger",                    report_readers, 0,        SlowCall{show_ledger},          shows_ledger()},
    {Method::get,   "/v1/quarantine",                analysts,       0,        SlowCall{list_quarantined},     lists_quarantined()},
    {Method::post,  "/v1/quarantine/replay",         editors,        16 * KiB, SlowCall{replay_quarantined},   replays_quarantined()},
    {Method::del,   "/v1/units",                     admins,         0,        SlowCall{erase_unit},           erases_unit()},
    {Method::get,   "/v1/units/erasure",             admins,         0,        SlowCall{show_erasure},         shows_erasure()},
    {Method::del,   "/v1/units/erasure",             admins,         0,        SlowCall{lift_erasure},         lifts_erasure()},
    {Method::get,   "/v1/retention",                 viewers,        0,        SlowCall{show_retention},       shows_retention()},
    {Method::put,   "/v1/retention",                 admins,         16 * KiB, SlowCall{change_retention},     changes_retention()},
    {Method::post,  "/v1/retention/apply",           admins,         0,        SlowCall{apply_retention},      applies_retention()},
    // for GrowthBook's SDKs
    {Method::get,   "/api/features/{client_key}",    any_key,        0,        SlowCall{show_growthbook},      shows_growthbook()},
    {Method::post,  "/api/eval/{client_key}",        any_key,        64 * KiB, FastCall{evaluate_growthbook},  evaluates_growthbook()},
    {Method::get,   "/sub/{client_key}",             any_key,        0,        StreamCall{stream_growthbook},  streams_growthbook()},
    {Method::post,  "/track",                        any_key,        MiB,      DurableCall{track_growthbook},  tracks_growthbook(),    Wording::problem, true},
    // what was agreed
    {Method::get,   "/v1/experiments",               viewers,        0,        SlowCall{list_experiments},     lists(kExperiment, {kArchived})},
    {Method::post,  "/v1/experiments",               editors,        MiB,      OnceCall{create_experiment},    creates(kExperiment, {{"start", "It runs at once, or nothing is made.", kBoolean}})},
    {Method::get,   "/v1/experiments/{key}",         viewers,        0,        SlowCall{show_experiment},      shows(kExperiment)},
    {Method::patch, "/v1/experiments/{key}",         editors,        MiB,      SlowCall{change_experiment},    changes(kExperiment)},
    {Method::post,  "/v1/experiments/{key}/plan-change", analysts,   MiB,      SlowCall{plan_experiment_change}, plans_change()},
    {Method::get,   "/v1/experiments/{key}/preflight", viewers,      0,        SlowCall{show_preflight},       shows_preflight()},
    {Method::post,  "/v1/experiments/{key}:start",   editors,        16 * KiB, OnceCall{start_experiment},     starts()},
    {Method::post,  "/v1/experiments/{key}:pause",   editors,        16 * KiB, OnceCall{pause_experiment},     moves("pause", "Everybody gets what they would get without it, until it is resumed.")},
    {Method::post,  "/v1/experiments/{key}:resume",  editors,        16 * KiB, OnceCall{resume_experiment},    moves("resume", "Lets units in again.")},
    {Method::post,  "/v1/experiments/{key}:stop",    editors,        16 * KiB, OnceCall{stop_experiment},      moves("stop", "Ends the run.")},
    {Method::post,  "/v1/experiments/{key}:archive", editors,        16 * KiB, OnceCall{archive_experiment},   moves("archive", "Puts it out of the way.")},
    {Method::get,   "/v1/experiments/{key}/report",  report_readers, 0,        SlowCall{show_report},          reports()},
    {Method::get,   "/v1/experiments/{key}/survival", report_readers, 0,       SlowCall{show_survival},        shows_survival()},
    {Method::get,   "/v1/experiments/{key}/interactions", report_readers, 0,   SlowCall{show_interactions},    shows_interactions()},
    {Method::get,   "/v1/experiments/{key}/live",    report_readers, 0,        LiveCall{stream_live},          streams_live()},
    {Method::get,   "/v1/experiments/{key}/decisions", report_readers, 0,      SlowCall{list_decisions},       lists_decisions()},
    {Method::post,  "/v1/experiments/{key}/decisions", analysts,     16 * KiB, OnceCall{record_decision},      records_decision()},
    {Method::get,   "/v1/experiments/{key}/share-links", viewers,    0,        SlowCall{list_shares},          lists_shares()},
    {Method::post,  "/v1/experiments/{key}/share-links", analysts,   16 * KiB, OnceCall{share_report},         shares()},
    {Method::del,   "/v1/share-links/{id}",          analysts,       0,        SlowCall{take_back_share},      takes_back_share()},
    {Method::get,   "/v1/portfolio",                 report_readers, 0,        SlowCall{show_portfolio},       shows_portfolio()},
    {Method::post,  "/v1/sample-size",               planners,       16 * KiB, SlowCall{size_up_experiment},   sizes_up()},
    {Method::post,  "/v1/preview-links",             analysts,       16 * KiB, SlowCall{create_preview_link},  creates_preview_link()},
    {Method::get,   "/v1/flags",                     viewers,        0,        SlowCall{list_flags},           lists(kFlag, {kArchived})},
    {Method::post,  "/v1/flags",                     editors,        MiB,      OnceCall{create_flag},          creates(kFlag)},
    {Method::get,   "/v1/flags/{key}",               viewers,        0,        SlowCall{show_flag},            shows(kFlag)},
    {Method::patch, "/v1/flags/{key}",               editors,        MiB,      SlowCall{change_flag},          changes(kFlag)},
    {Method::get,   "/v1/layers",                    viewers,        0,        SlowCall{list_layers},          lists(kLayer, {kArchived})},
    {Method::post,  "/v1/layers",                    editors,        64 * KiB, OnceCall{create_layer},         creates(kLayer)},
    {Method::get,   "/v1/layers/{key}",              viewers,        0,        SlowCall{show_layer},           shows(kLayer)},
    {Method::patch, "/v1/layers/{key}",              editors,        64 * KiB, SlowCall{change_layer},         changes(kLayer)},
    {Method::get,   "/v1/metrics",                   viewers,        0,        SlowCall{list_metrics},         lists(kMetric)},
    {Method::post,  "/v1/metrics",                   editors,        64 * KiB, OnceCall{create_metric},        creates(kMetric)},
    {Method::get,   "/v1/metrics/{key}",             viewers,        0,        SlowCall{show_metric},          shows(kMetric)},
    {Method::patch, "/v1/metrics/{key}",             editors,        64 * KiB, SlowCall{change_metric},        changes(kMetric)},
    {Method::get,   "/v1/sensitivity",               viewers,        0,        SlowCall{show_sensitivity},     shows_sensitivities()},
    {Method::get,   "/v1/metrics/{key}/sensitivity", viewers,        0,        SlowCall{show_sensitivity},     shows_sensitivity()},
    {Method::get,   "/v1/segments",                  viewers,        0,        SlowCall{list_segments},        lists(kSegment, {kArchived})},
    {Method::post,  "/v1/segments",                  editors,        16 * MiB, OnceCall{create_segment},       creates(kSegment)},
    {Method::get,   "/v1/segments/{key}",            viewers,        0,        SlowCall{show_segment},         shows(kSegment)},
    {Method::patch, "/v1/segments/{key}",            editors,        16 * MiB, SlowCall{change_segment},       changes(kSegment)},
    {Method::get,   "/v1/segments/{key}/count",      viewers,        0,        SlowCall{show_segment_count},   shows_segment_count()},
    {Method::post,  "/v1/segment-counts",            analysts,       MiB,      SlowCall{count_condition},      counts_condition()},
    {Method::get,   "/v1/environment",               viewers,        0,        SlowCall{show_environment},     shows(kEnvironment)},
    {Method::patch, "/v1/environment",               editors,        16 * KiB, SlowCall{change_environment},   changes(kEnvironment)},
    {Method::get,   "/v1/views",                     viewers,        0,        SlowCall{list_views},           lists_views()},
    {Method::post,  "/v1/views",                     analysts,       16 * KiB, SlowCall{put_view},             puts_view()},
    {Method::del,   "/v1/views/{key}",               analysts,       0,        SlowCall{delete_view},          deletes_view()},
    {Method::get,   "/v1/changes",                   viewers,        0,        SlowCall{list_changes},         lists_changes()},
    // who may
    {Method::get,   "/v1/keys",                      admins,         0,        SlowCall{list_keys},            lists_keys()},
    {Method::post,  "/v1/keys",                      admins,         16 * KiB, OnceCall{create_key},           creates_key()},
    {Method::del,   "/v1/keys/{id}",                 admins,         0,        SlowCall{revoke_key},           revokes_key()},
    {Method::post,  "/v1/setup-links",               admins,         16 * KiB, OnceCall{create_setup_link},    creates_setup_link()},
    {Method::get,   "/setup",                        anyone,         0,        SlowCall{offer_setup},          offers_setup()},
    {Method::post,  "/setup",                        anyone,         16 * KiB, HashCall{redeem_setup},         redeems_setup()},
    {Method::get,   "/join",                         anyone,         0,        SlowCall{offer_join},           offers_join()},
    {Method::post,  "/join",                         anyone,         16 * KiB, HashCall{redeem_join},          redeems_join()},
    {Method::get,   "/sign-in",                      anyone,         0,        SlowCall{show_sign_in},         offers_sign_in()},
    {Method::post,  "/sign-in",                      anyone,         16 * KiB, HashCall{sign_in},              signs_in()},
    {Method::get,   "/v1/people",                    admins,         0,        SlowCall{list_people},          lists_people()},
    {Method::post,  "/v1/people",                    admins,         16 * KiB, SlowCall{invite_person},        invites_person()},
    {Method::patch, "/v1/people/{email}",            admins,         16 * KiB, SlowCall{change_person},        changes_person()},
    {Method::post,  "/v1/people/{email}:reset",      admins,         0,        SlowCall{link_person},          links_person()},
    {Method::get,   "/v1/me",                        signed_in,      0,        SlowCall{show_me},              about_me("showMe", "Says who is signed in.", found("Who it is.", "Me"))},
    {Method::post,  "/v1/me/password",               signed_in,      16 * KiB, HashCall{change_password},      changes_password()},
    {Method::get,   "/v1/me/sessions",               signed_in,      0,        SlowCall{list_sessions},        about_me("listSessions", "Lists one's own signed-in browsers.", found("All of them, by age.", "SessionList"))},
    {Method::del,   "/v1/me/sessions",               signed_in,      0,        SlowCall{end_sessions},         ends_sessions()},
    {Method::del,   "/v1/me/sessions/{id}",          signed_in,      0,        SlowCall{end_session},          ends_session()},
    // for people
    {Method::get,   "/",                             report_pages,   0,        SlowCall{show_experiments_page}, page("showExperimentsPage", "All experiments with their verdicts.")},
    {Method::get,   "/experiments/{key}",            report_pages,   0,        SlowCall{show_report_page},     report_page()},
    {Method::get,   "/experiments/{key}/report.csv",  report_files,  0,        SlowCall{export_report_csv},    exported("exportReportCsv", "a line per measure and variant", "text/csv; charset=utf-8")},
    {Method::get,   "/experiments/{key}/report.json", report_files,  0,        SlowCall{export_report_json},   exported("exportReportJson", "the document of /v1/experiments/{key}/report, signed", "application/json")},
    {Method::get,   "/experiments/{key}/report.md",   report_files,  0,        SlowCall{export_report_markdown}, exported("exportReportMarkdown", "a summary for chat", "text/markdown; charset=utf-8")},
    {Method::get,   "/experiments/{key}/report.html", report_files,  0,        SlowCall{export_report_html},   exported("exportReportHtml", "the page, complete in itself", kHtml)},
    {Method::get,   "/experiments/{key}/changes.svg", report_files,  0,        SlowCall{export_changes_svg},   drawing("exportChangesSvg", "what changed, with its ranges")},
    {Method::get,   "/experiments/{key}/certainty.svg", report_files, 0,        SlowCall{export_certainty_svg}, drawing("exportCertaintySvg", "how sure the change of each goal is, in dots")},
    {Method::get,   "/experiments/{key}/series.ndjson", report_files, 0,        SlowCall{export_series},        exported("exportSeries", "how the answer came about, a line per day, metric and variant", kNdjson)},
    {Method::get,   "/shared/{token}",               anyone,         0,        SlowCall{show_shared_report},   shared_report()},
    {Method::get,   "/console",                      console_pages,  0,        SlowCall{show_console},         page("showConsole", "Experiments to create and run.")},
    {Method::get,   "/console/{page}",               console_pages,  0,        SlowCall{show_console},         page("showConsolePage", "new: the form of an experiment; portfolio, flags, events, changes, metrics, segments, environment, keys, people, account: what their routes say.")},
    {Method::get,   "/console/{page}/{key}",         console_pages,  0,        SlowCall{show_console},         page("showConsoleItem", "One of experiments, flags, metrics or segments, to look at and to change.")},
    {Method::get,   "/assets/{file}",                anyone,         0,        SlowCall{show_asset},           asset()},
    {Method::get,   "/docs",                         anyone,         0,        SlowCall{show_docs},            docs()},
    {Method::get,   "/schemas/report.json",          anyone,         0,        SlowCall{show_report_schema},   report_schema()},
    {Method::get,   "/openapi.json",                 anyone,         0,        SlowCall{show_openapi},         openapi()},
    // how it is doing
    {Method::get,   "/healthz",                      anyone,         0,        FastCall{show_health},          health()},
    {Method::get,   "/readyz",                       anyone,         0,        SlowCall{show_readiness},       readiness()},
    {Method::get,   "/metrics",                      anyone,         0,        SlowCall{show_metrics},         prometheus()},
    {Method::get,   "/version",                      anyone,         0,        SlowCall{show_version},         version()},
};
// clang-format on

}  // namespace

std::span<const Row> table() { return kTable; }

std::vector<http::Route> routes(Context& context) {
  std::vector<http::Route> made;
  for (const auto& row : kTable) made.push_back(guarded(context, row));
  return made;
}

}  // namespace touchstone::api
