-- Garbage collection: both modes, finalizers, weak tables, ephemerons, resurrection, steps.
local finalized = 0
local function object(n)
  return setmetatable({n = n}, {__gc = function(o) finalized = finalized + 1 end})
end
for _, mode in ipairs({"incremental", "generational", "incremental"}) do
  collectgarbage(mode)
  local keep = {}
  for i = 1, 3000 do
    local o = object(i)
    if i % 10 == 0 then keep[#keep + 1] = o end
    local junk = {i, {i}, tostring(i) .. "x"}
    if i % 500 == 0 then collectgarbage("step", 10) end
  end
  collectgarbage()
  collectgarbage()
  print(mode, #keep, finalized)
  keep = nil
  collectgarbage()
  print(mode, "released", finalized)
end

local weak = {k = setmetatable({}, {__mode = "k"}), v = setmetatable({}, {__mode = "v"}),
  kv = setmetatable({}, {__mode = "kv"})}
local strong = {}
for i = 1, 200 do
  local a, b = {i}, {i}
  weak.k[a] = b
  weak.v[i] = a
  weak.kv[i] = b
  if i % 4 == 0 then strong[#strong + 1] = a end
end
collectgarbage()
local function size(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
print("weak", size(weak.k), size(weak.v), size(weak.kv))

-- ephemeron chain: key i is reachable only through value i-1
local eph, first = setmetatable({}, {__mode = "k"}), {}
local key = first
for i = 1, 100 do local nxt = {} eph[key] = nxt key = nxt end
key = nil
collectgarbage()
print("ephemeron", size(eph))
first = nil
collectgarbage()
print("ephemeron", size(eph))

-- resurrection
local saved
do
  local o = setmetatable({name = "phoenix"}, {__gc = function(o) saved = o end})
end
collectgarbage()
print("resurrected", saved and saved.name)
print(collectgarbage("isrunning"), collectgarbage("stop"), collectgarbage("isrunning"), collectgarbage("restart"))
print(collectgarbage("setpause", 100), collectgarbage("setstepmul", 200) ~= nil)
collectgarbage("incremental", 100, 200, 10)
-- many shapes of garbage
local root = {}
for i = 1, 300 do
  local f = function() return i, root end
  root[i % 17 + 1] = {f, coroutine.wrap(function() coroutine.yield(i) end), string.rep("s", i % 50), {[i] = {}}}
  root[i % 17 + 1][2]()
end
collectgarbage()
print(root[3][1]() > 0, #root)
-- finalizer that errors only warns
warn("@on")
do local o = setmetatable({}, {__gc = function() error("in finalizer", 0) end}) end
collectgarbage()
warn("@off")
print("end")
