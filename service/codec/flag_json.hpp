#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/flag.hpp"

namespace touchstone::codec {

/// The document: `{"key", "name"?, "description"?, "type": bool|int|float|string|json, "off_value", "default",
/// "enabled"?, "rules"?, "schema"?: JSON Schema as in value_schema.hpp, of type json only}`. Rules, in order:
/// `{"when"?, "give": value}`, `{"when"?, "give": value, "rollout": {"unit"?, "share": slots or "20%"}}` or `{"when"?,
/// "experiment": key}`. Values must be of the type. Set by the server: version, archived, and the rollout's `salt` and
/// `slots`, which a change may repeat; a rollout without them has an empty salt and gets one from whoever saves it.
/// Limits: 100 rules, 64 KiB a value, name 200 and description 2,000 bytes. Reads the body that creates one.
[[nodiscard]] Result<storage::Flag> read_new_flag(std::string_view json);

/// Reads the body that changes one: members that are there replace those of `current`. Members that the server sets may
/// be there with their current value, so that a document that was fetched can be sent back.
[[nodiscard]] Result<storage::Flag> read_flag_change(std::string_view json, const storage::Flag& current);

/// Reads a document of write_flag.
[[nodiscard]] Result<storage::Flag> read_stored_flag(std::string_view json);

/// Whether a value satisfies the flag's schema, where it has one; the error's pointer leads on from `pointer`.
[[nodiscard]] Status check_schema_of(const storage::Flag& flag, std::string_view value, const std::string& pointer);

/// The whole document, canonical (RFC 8785): what is stored, hashed and answered.
[[nodiscard]] std::string write_flag(const storage::Flag& flag);

/// A change that gives a flag these rules and leaves all else.
[[nodiscard]] std::string write_rules_change(const storage::Flag& flag);

}  // namespace touchstone::codec
