-- OFREP for 100,000 people: arguments are the key and "bulk" or "single".
local requests, next_request = {}, 0

local function body(i)
  return string.format('{"context":{"targetingKey":"customer-%06d","country":"DE","plan":"pro","age":%d}}', i, 18 + i % 60)
end

function init(arguments)
  wrk.headers["Authorization"] = "Bearer " .. arguments[1]
  wrk.headers["Content-Type"] = "application/json"
  for i = 0, 99999 do
    local path = "/ofrep/v1/evaluate/flags"
    if arguments[2] == "single" then path = path .. "/e" .. i % 20 end
    requests[i] = wrk.format("POST", path, nil, body(i))
  end
end

function request()
  next_request = (next_request + 1) % 100000
  return requests[next_request]
end

dofile(debug.getinfo(1, "S").source:match("@(.*/)") .. "summary.lua")
