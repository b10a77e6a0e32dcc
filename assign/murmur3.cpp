#include "assign/murmur3.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace touchstone::assign {
namespace {

constexpr std::size_t block_size = 4;
constexpr std::uint32_t c1 = 0xcc9e2d51;
constexpr std::uint32_t c2 = 0x1b873593;

std::uint32_t load_block(const char* at) {
  std::uint32_t block = 0;
  std::memcpy(&block, at, block_size);
  if constexpr (std::endian::native == std::endian::big) block = __builtin_bswap32(block);
  return block;
}

std::uint32_t scramble(std::uint32_t block) { return std::rotl(block * c1, 15) * c2; }

std::uint32_t mix_scrambled(std::uint32_t state, std::uint32_t scrambled) {
  return std::rotl(state ^ scrambled, 13) * 5 + 0xe6546b64;
}

std::uint32_t mix(std::uint32_t state, std::uint32_t block) { return mix_scrambled(state, scramble(block)); }

std::uint32_t mix_blocks(std::uint32_t state, std::string_view bytes) {
  for (; bytes.size() >= block_size; bytes.remove_prefix(block_size)) state = mix(state, load_block(bytes.data()));
  return state;
}

std::uint32_t scrambled_tail(std::string_view tail) {
  std::uint32_t last = 0;
  for (std::size_t i = tail.size(); i > 0; --i) last = (last << 8) | static_cast<unsigned char>(tail[i - 1]);
  return scramble(last);
}

std::uint32_t finish_scrambled(std::uint32_t state, std::uint32_t scrambled, std::uint32_t size) {
  state ^= scrambled;
  state ^= size;
  state = (state ^ (state >> 16)) * 0x85ebca6b;
  state = (state ^ (state >> 13)) * 0xc2b2ae35;
  return state ^ (state >> 16);
}

std::uint32_t finish(std::uint32_t state, std::string_view tail, std::uint32_t size) {
  return finish_scrambled(state, scrambled_tail(tail), size);
}

std::string_view tail_of(std::string_view bytes) { return bytes.substr(bytes.size() & ~(block_size - 1)); }

std::uint32_t finish_all(std::uint32_t state, std::string_view bytes, std::uint32_t size) {
  return finish(mix_blocks(state, bytes), tail_of(bytes), size);
}

}  // namespace

std::uint32_t murmur3(std::string_view bytes, std::uint32_t seed) noexcept {
  return finish_all(seed, bytes, static_cast<std::uint32_t>(bytes.size()));
}

Murmur3Prefix::Murmur3Prefix(std::string_view prefix, std::uint32_t seed) noexcept
    : state_(mix_blocks(seed, prefix)), size_(static_cast<std::uint32_t>(prefix.size())) {
  const auto tail = tail_of(prefix);
  std::memcpy(tail_.data(), tail.data(), tail.size());
  tail_size_ = static_cast<std::uint8_t>(tail.size());
}

std::uint32_t Murmur3Prefix::operator()(std::string_view bytes) const noexcept {
  const auto size = size_ + static_cast<std::uint32_t>(bytes.size());
  if (tail_size_ == 0) return finish_all(state_, bytes, size);

  std::array<char, block_size> bridge{};
  const auto taken = std::min(bytes.size(), block_size - tail_size_);
  std::memcpy(bridge.data(), tail_.data(), tail_size_);
  std::memcpy(bridge.data() + tail_size_, bytes.data(), taken);
  const auto filled = tail_size_ + taken;
  if (filled < block_size) return finish(state_, {bridge.data(), filled}, size);
  return finish_all(mix(state_, load_block(bridge.data())), bytes.substr(taken), size);
}

std::pair<std::uint32_t, std::uint32_t> Murmur3Prefix::both(const Murmur3Prefix& a, const Murmur3Prefix& b,
                                                            std::string_view bytes) noexcept {
  if (a.tail_size_ != 0 || b.tail_size_ != 0) return {a(bytes), b(bytes)};
  const auto size = static_cast<std::uint32_t>(bytes.size());
  auto first = a.state_;
  auto second = b.state_;
  for (; bytes.size() >= block_size; bytes.remove_prefix(block_size)) {
    const auto scrambled = scramble(load_block(bytes.data()));
    first = mix_scrambled(first, scrambled);
    second = mix_scrambled(second, scrambled);
  }
  const auto tail = scrambled_tail(bytes);
  return {finish_scrambled(first, tail, a.size_ + size), finish_scrambled(second, tail, b.size_ + size)};
}

}  // namespace touchstone::assign
