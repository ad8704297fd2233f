-- Tables: array and hash parts, rehash, sort with every comparator, table library, length, next, metamethods.
local t = {}
for i = 1, 5000 do t[i] = (i * 7919) % 5003 end
table.sort(t)
local ok = true
for i = 2, #t do ok = ok and t[i - 1] <= t[i] end
print("sorted", ok, t[1], t[#t])
table.sort(t, function(a, b) return a > b end)
print(t[1], t[#t])
local words = {"pear", "Apple", "fig", "banana", "kiwi", "Cherry"}
table.sort(words, function(a, b) return a:lower() < b:lower() end)
print(table.concat(words, " "))
print(pcall(table.sort, {3, 1, "x"}))
print(pcall(table.sort, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, function() return true end))
for i = 1, 2000 do t[#t] = nil end
print(#t)
for i = 1, 500 do table.insert(t, 1 + i % 7, i) end
for i = 1, 400 do table.remove(t, 1 + i % 11) end
print(#t, t[1], t[50], table.remove({}), table.remove({9}), #table.pack())
print(pcall(table.insert, {1}, 5, 2), pcall(table.insert, {1}, 1, 2, 3), pcall(table.insert, {}))
print(table.concat({1, 2, 3}, "-", 2, 3), pcall(table.concat, {1, {}, 3}))
print(table.unpack({1, 2, 3}, 2), table.unpack({}, 1, 2), select("#", table.unpack({}, 1, 200)))
print(#table.move({1, 2, 3}, 1, 3, 3), table.concat(table.move({1, 2, 3}, 2, 3, 1), ","), #table.move({1, 2}, 1, 2, 1, {}))
print(pcall(table.unpack, {}, 1, 1e8))
local h = {}
for i = 1, 1000 do h["k" .. i] = i h[i * 1.5] = i h[-i] = i end
for i = 1, 1000, 3 do h["k" .. i] = nil end
local n, sum = 0, 0
for k, v in pairs(h) do n = n + 1 sum = sum + v end
print(n, sum, h.k2, h[1.5], h[-7], h[3])
for k in pairs(h) do h[k] = nil end
print(next(h), rawlen({1, 2}), rawlen("abc"), rawequal(h, h), rawget(h, 1))
print(pcall(function() h[nil] = 1 end))
print(pcall(function() h[0 / 0] = 1 end))
print(pcall(next, {}, "nokey"))
local sparse = {[1] = 1, [2] = 2, [4] = 4, [1000] = 5, [2 ^ 53] = 6}
local c = 0
for _ in pairs(sparse) do c = c + 1 end
print(c, sparse[2 ^ 53 | 0], sparse[1000])
-- metamethods
local V = {}
V.__index = V
local function vec(x, y) return setmetatable({x = x, y = y}, V) end
V.__add = function(a, b) return vec(a.x + b.x, a.y + b.y) end
V.__sub = function(a, b) return vec(a.x - b.x, a.y - b.y) end
V.__mul = function(a, b) return type(b) == "number" and vec(a.x * b, a.y * b) or a.x * b.x + a.y * b.y end
V.__div = function(a, b) return vec(a.x / b, a.y / b) end
V.__mod = function() return "mod" end V.__pow = function() return "pow" end V.__idiv = function() return "idiv" end
V.__band = function() return "band" end V.__bor = function() return "bor" end V.__bxor = function() return "bxor" end
V.__shl = function() return "shl" end V.__shr = function() return "shr" end V.__bnot = function() return "bnot" end
V.__unm = function(a) return vec(-a.x, -a.y) end
V.__eq = function(a, b) return a.x == b.x and a.y == b.y end
V.__lt = function(a, b) return a.x < b.x end
V.__le = function(a, b) return a.x <= b.x end
V.__len = function() return 2 end
V.__call = function(self, a, ...) return a, select("#", ...), self.x end
V.__tostring = function(a) return "(" .. a.x .. "," .. a.y .. ")" end
V.__concat = function(a, b) return tostring(a) .. "+" .. tostring(b) end
V.__name = "vector"
local a, b = vec(1, 2), vec(3, 4)
print(tostring(a + b), tostring(b - a), tostring(a * 2), a * b, tostring(b / 2), tostring(-a), #a, a .. b, "s" .. a, a .. 1)
print(a % b, a ^ b, a // b, a & b, a | 1, a ~ b, a << 1, 1 >> a, ~a)
print(a == vec(1, 2), a ~= b, a < b, a <= b, a > b, a >= b, a(5, 6, 7))
local proxy = setmetatable({}, {__index = function(_, k) return k .. "!" end, __newindex = function(t, k, v) rawset(t, k, v * 2) end,
  __pairs = function(t) return function(_, k) if not k then return 1, "one" end end, t, nil end, __metatable = "locked"})
proxy.a = 21
print(proxy.a, proxy.b, getmetatable(proxy), pcall(setmetatable, proxy, {}))
for k, v in pairs(proxy) do print(k, v) end
local chain = setmetatable({}, {__index = setmetatable({x = 1}, {__index = setmetatable({y = 2}, {__index = {z = 3}})})})
print(chain.x, chain.y, chain.z, chain.w)
local Base = {} Base.__index = Base
function Base.new(n) return setmetatable({n = n}, Base) end
function Base:get() return self.n end
local Derived = setmetatable({}, {__index = Base}) Derived.__index = Derived
function Derived.new(n) local o = Base.new(n) return setmetatable(o, Derived) end
function Derived:twice() return self:get() * 2 end
local total = 0
for i = 1, 2000 do total = total + Derived.new(i):twice() end
print(total)
