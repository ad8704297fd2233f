-- Control flow: goto, numeric and generic for in every direction and type, nested closures, varargs, tail calls, <close>.
do
  local i = 1
  ::top::
  if i <= 5 then
    if i % 2 == 0 then goto continue end
    io.write(i, " ")
    ::continue::
    i = i + 1
    goto top
  end
  print()
end
for i = 10, 1, -3 do io.write(i, ",") end print()
for i = 1.0, 2.0, 0.25 do io.write(i, ",") end print()
for i = 3, 1 do print("never") end
for i = math.maxinteger - 1, math.maxinteger do io.write(i - math.maxinteger, ";") end print()
print(pcall(function() for i = 1, 10, 0 do end end))
print(pcall(function() for i = "a", 10 do end end))
local function counter()
  local n = 0
  return function(step) n = n + (step or 1) return n end, function() return n end
end
local up, get = counter()
for _ = 1, 100 do up() end
up(-3)
print("closure", get())
local fs = {}
for i = 1, 5 do fs[i] = function() i = i + 10 return i end end
print(fs[1](), fs[1](), fs[5]())
local function va(...)
  local a, b = ...
  local t = {...}
  return select("#", ...), a, b, #t, (select(-1, ...))
end
print(va(1, nil, 3))
print(table.pack(va("x")).n)
local function loop(n, acc) if n == 0 then return acc end return loop(n - 1, acc + n) end
print("tail", loop(20000, 0))
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
print("fib", fib(18))
local log = {}
local function res(name)
  return setmetatable({}, {__close = function(_, e) log[#log + 1] = name .. ":" .. tostring(e) end})
end
do
  local a <close> = res("a")
  local b <close> = res("b")
  local c <const> = 5
  log[#log + 1] = "body" .. c
end
print(pcall(function() local x <close> = res("x") error("boom", 0) end))
for k in next, {1}, nil, res("for") do log[#log + 1] = "in" end
local function leave() local y <close> = res("y") return "left" end
print(leave(), table.concat(log, " "))
local n = 0
repeat local stop = n >= 7 n = n + 1 until stop
while true do n = n - 1 if n < 0 then break end end
print(n, 7 // 2, -7 // 2, 7 % -3, -7 % 3, 7.5 // 2, 2 ^ 10, 10 / 4)
print(1 & 3 | 4 ~ 1, ~0, 1 << 62, 1 << 64, -1 >> 60, "10" + 5, "0x10" * 2, 10 .. 20)
print(1 < 2.5, "a" < "b", not nil, nil == false, 1 == 1.0, math.type(1), math.type(1.0), "1" == 1)
print(pcall(function() return 1 < "2" end))
print(pcall(function() return {} .. "x" end))
print(pcall(function() return 1 // 0 end))
print(pcall(function() return 1 % 0 end))
print(1 // 0.0, -1 // 0.0, 0.0 / 0.0 ~= 0.0 / 0.0, 5 % math.huge, -5 % math.huge)
print(pcall(function() return 2 ^ 53 | 0, 2 ^ 64 | 0 end))
print(pcall(function() local t = nil; t.x = 1 end))
print(pcall(function() undefinedfunction() end))
print(select(2, pcall(error)), select(2, pcall(error, nil)), select(2, pcall(error, "msg", 2)))
print(xpcall(function() error("deep") end, function(m) return "handled " .. m end))
print(select(2, xpcall(function() error("trace") end, debug.traceback)):match("stack traceback") ~= nil)
local function overflow() return 1 + overflow() end
print((select(2, pcall(overflow)):match("stack overflow")))
print(pcall(string.rep, "x", -1), pcall(string.rep))
