-- script.lua TASK N WHERE: makes a list of N elements and prints what it did, fails, or never ends.
local task, n, where = arg[1], tonumber(arg[2]), arg[3]
if task == "broken" then error("this task is broken") end
while task == "endless" do end
local moves, list, words = 0, {}, {}
for i = 1, n do
    if where == "front" then
        table.insert(list, 1, i)         -- moves all others
        moves = moves + #list - 1
    else
        table.insert(list, i)
    end
end
for i = 1, 20 * n do words[i % 100 + 1] = tostring(i) .. where end
print(string.format('{"n": %d, "moves": %d, "where": "%s", "last": %d}', n, moves, where, list[#list]))
