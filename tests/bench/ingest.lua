-- Batches of new events, half exposures and half purchases of the same units. Arguments: key, items of a batch, a name
-- that no other run has; "random" for ids in no order, else they ascend.
local pieces, size, run, sent, random = {}, 1, "", 0, false
local day = os.date("!%Y-%m-%dT%H:%M:")

local function item(i)
  local second = string.format("%02d.%06d", i % 60, i)
  if i % 2 == 0 then
    return '-' .. i .. '","type":"exposure","experiment":"bench","variant":"' .. (i % 4 == 0 and "control" or "treatment")
      .. '","ts":"' .. day .. second .. 'Z","unit":"'
  end
  return '-' .. i .. '","type":"event","name":"purchase","value":' .. (i % 97) .. '.25,"ts":"' .. day .. second
    .. 'Z","unit":"'
end

function init(arguments)
  wrk.method = "POST"
  wrk.headers["Authorization"] = "Bearer " .. arguments[1]
  wrk.headers["Content-Type"] = "application/json"
  size, run, random = tonumber(arguments[2]), arguments[3], arguments[4] == "random"
end

-- What an id begins with, so that no two are alike.
local function start(number)
  if not random then return run .. "-" .. sent end
  return string.format("%08x-%s-%d", (number * 2654435761) % 4294967296, run, sent)
end

-- [{"id":"RUN-n-i",...,"unit":"customer-m"},...]; n tells the requests apart, m is one of 100,000.
function request()
  sent = sent + 1
  local n = 0
  for i = 0, size - 1 do
    local number = (sent - 1) * size + i
    pieces[n + 1] = i == 0 and '[{"id":"' or '},{"id":"'
    pieces[n + 2] = start(number)
    pieces[n + 3] = item(number % 1000)
    pieces[n + 4] = string.format('customer-%06d"', math.floor(number / 2) % 100000)
    n = n + 4
  end
  pieces[n + 1] = "}]"
  return wrk.format(nil, "/v1/events", nil, table.concat(pieces, "", 1, n + 1))
end

dofile(debug.getinfo(1, "S").source:match("@(.*/)") .. "summary.lua")
