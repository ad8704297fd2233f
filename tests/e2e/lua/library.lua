-- io, os (what does not depend on the day), load, dump, require, debug, math.
local name = "scratch.tmp"
local f = assert(io.open(name, "w"))
print(io.type(f), io.type(42), f:write("line one\n", 2, "\n", 3.5, "\nlast") == f, f:seek("cur"))
f:close()
print(io.type(f), pcall(f.write, f, "x"))
for l in io.lines(name) do io.write("[", l, "]") end print()
for a, b in io.lines(name, 1, "n") do io.write(tostring(a), "/", tostring(b), " ") break end print()
f = io.open(name)
print(f:read("l", "n", "n", "L", "a", "a", "l"))
print(f:seek("set", 5), f:read(3), f:seek("end"), f:read(0), f:read("a"), f:read("l"))
f:close()
f = io.open(name, "a+")
f:setvbuf("full", 64)
for i = 1, 500 do f:write(i, " ") end
f:flush()
f:seek("set", 0)
local n = 0
f:read("l") f:read("n") f:read("n") f:read("l")
f:read(4)
for num in f:lines("n") do n = n + num end
print("numbers", n)
f:close()
do local g <close> = io.open(name) print(g:read("L")) end
io.output(name) io.write("via default") io.close() io.output(io.stdout)
io.input(name) print(io.read("a")) io.close(io.input()) io.input(io.stdin)
print(select(2, io.open("/no/such/file")), pcall(io.lines, "/no/such/file"), pcall(io.open, name, "badmode"))
print(os.rename(name, name .. "2"), os.remove(name .. "2"), (select(3, os.remove("/no/such/file"))))
local p = io.popen("echo from popen; exit 3")
print(p:read("a"), p:close())
print(os.execute("exit 2"), os.getenv("NO_SUCH_VARIABLE"), type(os.time()), os.date("!%Y-%m-%d %H:%M:%S", 86400))
print(os.time({year = 2001, month = 9, day = 9, hour = 1, min = 46, sec = 40, isdst = false}) ~= nil, os.date("!*t", 0).year)
print(pcall(os.date, "%Ez", 0), pcall(os.time, {year = 2000}), type(os.clock()), os.difftime(5, 3))

print(load("return 1 + 1")(), load("syntax error here"), type(load(function() return nil end)))
local pieces, at = {"return ", "...", " * 2"}, 0
print(load(function() at = at + 1 return pieces[at] end, "=chunk")(21))
local env = {print = print}
load("x = 5; y = x * 2", "name", "t", env)()
print(env.x, env.y, x, pcall(load, "x", "n", "b"))
local up = 3
local function dumped(a) local t = {} for i = 1, a do t[i] = i * 2.5 .. "s" end return #t, t[a] end
local code = string.dump(dumped)
print(load(code, "d", "b")(10), load(string.dump(dumped, true), "d", "b")(4), load(code, "d", "t"))
print(pcall(load, code:sub(1, 20), "trunc", "b"), select(2, load(code:sub(1, #code - 10), "trunc", "b")))
print(pcall(string.dump, print))
package.preload.mymod = function(n, extra) return {n = n, extra = extra} end
print(require("mymod").n, require("mymod") == require("mymod"), pcall(require, "no.such.module") == false)
print(package.searchpath("x", "./?.nothing;./?/no"), package.config:sub(1, 1))
print(pcall(dofile, "/no/such"), loadfile("/no/such"))
for _, bad in ipairs({"x = ", "for i = 1 do end", "goto nolabel", "break", "local x <const> = 1; x = 2", "::a:: ::a::", "x = 'unclosed",
    "x = [[unclosed", "x = 1e", "x = '\\xzz'", "x = '\\u{110000000}'", "return return", "a.b:c = 1", "local function f() return ... end",
    "x = }", "f(", "x = 0x", "--[[ unclosed", "local x <foo> = 1", "x = '\\400'", "if x then else elseif end", "goto l1; local a; ::l1:: print(a)"}) do
  print(select(2, load(bad, "=bad")))
end
-- debug
local function traced(a, b) local c = a + b return c, debug.getinfo(1, "nSlutf") end
local _, info = traced(1, 2)
print(info.short_src:match("[^/]*$"), info.linedefined, info.nparams, info.isvararg, info.what, info.nups, info.currentline)
local lines, calls = 0, 0
debug.sethook(function(e) if e == "line" then lines = lines + 1 else calls = calls + 1 end end, "lcr")
for i = 1, 10 do local x = math.max(i, 5) end
debug.sethook()
print("hook", lines, calls, debug.gethook())
local ticks = 0
debug.sethook(function() ticks = ticks + 1 end, "", 100)
for i = 1, 5000 do end
debug.sethook()
print(ticks > 10)
local function locals(a) local b = 2 local names = {} for i = 1, 9 do local n = debug.getlocal(1, i) if not n then break end names[i] = n end
  debug.setlocal(1, 1, "set") return a, table.concat(names, " ") end
print(locals(1))
print(debug.getupvalue(locals, 1), debug.setupvalue(function() return up end, 1, 9), up, debug.upvalueid(function() return up end, 1) ~= nil)
print(debug.getmetatable("").__index == string, debug.getregistry() ~= nil, debug.getuservalue(io.stdout, 1), debug.traceback("tb", 1):match("^tb\nstack") ~= nil)
print(math.floor(3.7), math.ceil(3.2), math.floor(-3), math.abs(-5), math.max(1, 9, 3), math.min(4, 2.5), math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3.5))
print(math.sqrt(16), math.sin(0), math.cos(0), math.tan(0), math.exp(0), math.log(8, 2), math.log(100, 10), math.log(1), math.modf(3.7), math.modf(-3.7))
print(math.tointeger(3.0), math.tointeger(3.5), math.tointeger("8"), math.ult(1, -1), math.pi, math.asin(1), math.acos(1), math.atan(1, 1))
math.randomseed(42)
local r = {}
for i = 1, 2000 do local v = math.random(10) r[v] = (r[v] or 0) + 1 end
print(table.concat(r, " "), math.random(0) ~= nil, math.random() < 1, pcall(math.random, 5, 1), pcall(math.random, 1, 2, 3))
print(math.random(math.mininteger, math.maxinteger) ~= nil, math.random(3, 3), pcall(math.floor, "x"), pcall(math.fmod, 1, 0))
