-- A mixture: trees (allocation and garbage collection), strings, sorting with a comparator, method calls, closures.
local n = tonumber(arg and arg[1]) or 1
local function tree(depth)
  if depth == 0 then return {} end
  return {tree(depth - 1), tree(depth - 1)}
end
local function check(t) if t[1] then return 1 + check(t[1]) + check(t[2]) end return 1 end
local Account = {}
Account.__index = Account
function Account.new(b) return setmetatable({balance = b}, Account) end
function Account:deposit(v) self.balance = self.balance + v end
function Account:get() return self.balance end
local total = 0
for round = 1, n do
  for _ = 1, 8 do total = total + check(tree(12)) end
  local parts = {}
  for i = 1, 20000 do parts[#parts + 1] = string.format("%d:%s", i, tostring(i * 1.5)) end
  local text = table.concat(parts, ",")
  for a, b in text:gmatch("(%d+):([%d.]+)") do total = total + #a + #b end
  local upper = text:gsub("1", "one")
  total = total + #upper
  local list, x = {}, 42
  for i = 1, 15000 do x = (x * 1103515245 + 12345) % 2147483648 list[i] = x end
  table.sort(list, function(a, b) return a > b end)
  total = total + list[1] % 1000
  local account = Account.new(0)
  for i = 1, 300000 do account:deposit(i % 7) end
  total = total + account:get()
  local add = function(v) return function(w) return v + w end end
  for i = 1, 100000 do total = total + add(i)(1) % 3 end
end
print(total)
