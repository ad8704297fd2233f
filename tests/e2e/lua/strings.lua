-- The string library: patterns, format, pack, rep, byte/char, gsub with every kind of replacement.
print(("hello world"):find("o w"), ("hello"):find("l", 1, true), ("hello"):find("xyz"), ("a.b"):find(".", 2, true))
print(("key = value"):match("^(%w+)%s*=%s*(%w+)$"))
print(("THE (quick) fox"):find("%((%a+)%)"))
print(("abc"):gsub("%w", "%0%0"), ("abc"):gsub("", "-"), ("hello world"):gsub("o", {o = "0"}))
print(("hello world"):gsub("%w+", function(w) return #w > 4 and w:upper() or nil end))
print(("x^2"):gsub("%^", "%%"), ("[test]"):gsub("[%[%]]", ""), ("f(a(b)c)d"):match("%b()"))
print(("THE (quick) fox"):gsub("%f[%a]%a+", string.lower))
print(("2024-01-15"):match("(%d+)-(%d+)-(%d+)"), ("()"):match("()%(()"))
for k, v in ("a=1, b=2, c=3"):gmatch("(%w+)=(%w+)") do io.write(k, v, ";") end print()
print(pcall(string.find, "a", "[a"), pcall(string.find, "a", "%"), pcall(string.gsub, "a", "(", ""))
print(pcall(string.rep, "x", 1 << 40))
print(("%5d|%-5d|%05d|%+d|%x|%X|%o|%c|%e|%g|%a"):format(42, 42, 42, 42, 255, 255, 8, 65, 12345.678, 0.0001, 1.0))
print(("%q"):format('a "quoted"\n\0 string\r'), ("%q"):format(1 / 3), ("%q"):format(math.mininteger))
print(("%s %10s %-10s| %.3s %%"):format(true, "right", "left", "truncate"), ("%i"):format(3.0))
print(pcall(string.format, "%d", 3.5), pcall(string.format, "%y", 1), pcall(string.format, "%d"))
print(("abc"):byte(1, -1), string.char(72, 105), ("abc"):rep(3, "-"), ("abc"):reverse(), ("abc"):sub(-2), ("abc"):len())
print(("abcdef"):sub(2, 4), ("abcdef"):sub(-3, -2), ("abcdef"):sub(5, 2), ("abc"):sub(-100, 100))
print(("aBc"):upper(), ("aBc"):lower(), #("x"):rep(1000))
print(string.pack("<i4", 100):byte(1, -1))
print(string.unpack("<i4 >i2 z s1", string.pack("<i4 >i2 z s1", -2, 300, "zero", "len")))
print(string.packsize("i4 i8 !8 d"), pcall(string.pack, "i17", 1), pcall(string.pack, "i1", 300))
print(string.unpack("<f d n j J", string.pack("<f d n j J", 1.5, 2.5, 3.5, -4, 5)))
print(string.pack("<!4 i1 i4", 1, 2):byte(1, -1))
print(pcall(string.unpack, "i4", "ab"), string.pack(">I3", 0x010203):byte(1, -1))
local words = {}
for w in ([[the quick brown fox jumps over the lazy dog and the cat]]):gmatch("%a+") do words[w] = (words[w] or 0) + 1 end
local keys = {}
for k in pairs(words) do keys[#keys + 1] = k end
table.sort(keys)
for _, k in ipairs(keys) do io.write(k, "=", words[k], " ") end print()
local parts = {}
for i = 1, 3000 do parts[#parts + 1] = ("%d:%s"):format(i, ("ab"):rep(i % 5)) end
local text = table.concat(parts, ",")
local n, digits = 0, 0
for item in text:gmatch("[^,]+") do n = n + 1 end
for d in text:gmatch("%d") do digits = digits + tonumber(d) end
print(#text, n, digits, (text:gsub("a", "")):len())
print(tostring(nil), tostring(1e15), tostring(1e100), tostring(-0.0), 2^63, math.mininteger, 1e308 * 10)
print(tonumber("0x1p4"), tonumber("  12  "), tonumber("12a"), tonumber("z", 36), tonumber("8", 8), tonumber("1e"), tonumber(""))
print(tonumber("0x7fffffffffffffff"), tonumber("9223372036854775808"), tonumber("1e1000"), tonumber(".5"), tonumber("5."))
print(#utf8.char(72, 228, 8364, 128512), utf8.len("häß€"), utf8.codepoint("h€", 1, -1))
for p, c in utf8.codes("aé€😀") do io.write(p, ":", c, " ") end print()
print(utf8.offset("aé€😀", 3), utf8.offset("aé€😀", -1), utf8.len("\xff"), utf8.charpattern == "[\0-\x7F\xC2-\xFD][\x80-\xBF]*")
print(pcall(utf8.codepoint, "\xff"), utf8.char(), utf8.len("abc", 4), pcall(utf8.len, "abc", 6))
print(("%s"):format(setmetatable({}, {__tostring = function() return "custom" end})))
print("\x41\u{48}\z
       continued\065", 'single\'s', [==[long ]] bracket]==])
