-- Coroutines: generators, wrap, errors across yields, close, status, yield across pcall and metamethods.
local function gen(n)
  return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end)
end
local sum = 0
for v in gen(2000) do sum = sum + v end
print("generator", sum)

local co = coroutine.create(function(a, b)
  local c = coroutine.yield(a + b)
  local d, e = coroutine.yield(c * 2)
  return d - e
end)
print(coroutine.resume(co, 3, 4))
print(coroutine.status(co), coroutine.resume(co, 21))
print(coroutine.resume(co, 10, 4))
print(coroutine.status(co), coroutine.resume(co))

local bad = coroutine.create(function() coroutine.yield() error({code = 7}) end)
coroutine.resume(bad)
local ok, err = coroutine.resume(bad)
print(ok, type(err), err.code, coroutine.status(bad))

local inner = coroutine.wrap(function()
  local ok, msg = pcall(function()
    coroutine.yield("in pcall")
    error("after yield")
  end)
  coroutine.yield(ok, (tostring(msg):gsub("^.-:%d+: ", "")))
  local t = setmetatable({}, {__index = function(_, k) return coroutine.yield(k) end,
    __add = function(a, b) return coroutine.yield("add") end,
    __lt = function(a, b) return coroutine.yield("lt") end,
    __concat = function(a, b) return coroutine.yield("concat") end,
    __close = function() coroutine.yield("closing") end})
  local x <close> = t
  print("indexed", t.field, t + 1, t < t, t .. "x")
  for i in (function() return coroutine.yield("iterator") end) do if i > 2 then break end end
  return "done"
end)
print(inner()) print(inner()) print(inner()) print(inner(1)) print(inner(2)) print(inner(true)) print(inner("cat"))
print(inner(1)) print(inner(3)) print(inner())

local closed = coroutine.create(function()
  local guard <close> = setmetatable({}, {__close = function(_, e) print("closed", e) end})
  coroutine.yield(1)
end)
coroutine.resume(closed)
print(coroutine.close(closed), coroutine.status(closed))
print(coroutine.isyieldable(), select(2, coroutine.running()))
print(select("#", coroutine.running()), pcall(coroutine.yield, 1))

-- a ring of coroutines, and a permutation generator
local ring = {}
for i = 1, 20 do
  ring[i] = coroutine.create(function(v) while true do v = coroutine.yield(v + i) end end)
end
local value = 0
for round = 1, 50 do
  for i = 1, #ring do local _, r = coroutine.resume(ring[i], value) value = r % 1000003 end
end
print("ring", value)
local function permgen(a, n)
  if n == 0 then coroutine.yield(a) return end
  for i = 1, n do
    a[n], a[i] = a[i], a[n]
    permgen(a, n - 1)
    a[n], a[i] = a[i], a[n]
  end
end
local count, check = 0, 0
for p in coroutine.wrap(function() permgen({1, 2, 3, 4, 5, 6}, 6) end) do
  count = count + 1
  check = (check * 31 + p[1] * 6 + p[6]) % 1000000007
end
print("permutations", count, check)
