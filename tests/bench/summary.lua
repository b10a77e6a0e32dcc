-- What wrk saw, as one line of JSON.
function done(summary, latency)
  local errors = summary.errors
  print(string.format('{"requests":%d,"rps":%f,"p50_ms":%f,"p99_ms":%f,"errors":%d}', summary.requests,
    summary.requests * 1e6 / summary.duration, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
