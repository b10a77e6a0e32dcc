-- Evaluations for 100,000 units over 1,000 experiments, each unit always asking for the same one.
-- Arguments: key, "get" or "post".
local requests, next_request = {}, 0

local function target(i) return string.format("exp-%d", i % 1000), string.format("customer-%06d", i) end

local function body(i)
  local flag, unit = target(i)
  return string.format('{"flag":"%s","unit":"%s","attributes":{"country":"DE","plan":"pro","age":%d,"device":"mobile",' ..
    '"language":"de-DE","returning":true,"version":"4.12.1","channel":"newsletter","visits":%d,"basket":129.95,' ..
    '"city":"Freiburg im Breisgau","loyalty":"gold","currency":"EUR","segment":"spring-campaign"}}', flag, unit,
    18 + i % 60, i % 100)
end

function init(arguments)
  wrk.headers["Authorization"] = "Bearer " .. arguments[1]
  for i = 0, 99999 do
    if arguments[2] == "post" then
      wrk.headers["Content-Type"] = "application/json"
      requests[i] = wrk.format("POST", "/v1/evaluate", nil, body(i))
    else
      local flag, unit = target(i)
      requests[i] = wrk.format("GET", "/v1/evaluate?flag=" .. flag .. "&unit=" .. unit)
    end
  end
end

function request()
  next_request = (next_request + 1) % 100000
  return requests[next_request]
end

dofile(debug.getinfo(1, "S").source:match("@(.*/)") .. "summary.lua")
