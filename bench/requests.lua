-- Sends prepared requests in turn. Each file given after "--" holds requests, each behind its length in eight digits.
-- A word of ten underscores in a request becomes another word every time, so that no two texts are the same.
-- What came of it is written as one line of JSON after "RESULT ".
local prepared, at, count = {}, 0, 0

function init(args)
  for _, path in ipairs(args) do
    local file = io.open(path, "rb")
    local all = file:read("*a")
    file:close()
    local place = 1
    while place <= #all do
      local length = tonumber(all:sub(place, place + 7))
      prepared[#prepared + 1] = all:sub(place + 8, place + 7 + length)
      place = place + 8 + length
    end
  end
  count = (os.time() % 1000000) * 1000000
end

local function word()
  count = count + 1
  local left, letters = count, {}
  for place = 1, 10 do
    letters[place] = string.char(97 + left % 26)
    left = math.floor(left / 26)
  end
  return table.concat(letters)
end

function request()
  at = at % #prepared + 1
  local one = prepared[at]
  local from, to = one:find("__________", 1, true)
  if not from then return one end
  return one:sub(1, from - 1) .. word() .. one:sub(to + 1)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"seconds":%.6f,"bytes":%d,"p50_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f,' ..
    '"refused":%d,"broken":%d,"timeouts":%d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3, errors.status,
    errors.connect + errors.read + errors.write, errors.timeout))
end
