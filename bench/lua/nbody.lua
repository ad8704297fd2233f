-- Planets: floating-point arithmetic on fields of a few tables.
local steps = tonumber(arg and arg[1]) or 100000
local bodies = {}
for i = 1, 5 do
  bodies[i] = {x = i * 1.7, y = (i * i) % 5 * 0.9, z = i % 3 * 0.4, vx = 0.1 * i, vy = 0.2 / i, vz = 0.01 * i, mass = 40 / (i * i)}
end
local function advance(dt)
  for i = 1, #bodies do
    local a = bodies[i]
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
      local d2 = dx * dx + dy * dy + dz * dz + 0.01
      local mag = dt / (d2 * d2 ^ 0.5)
      a.vx, a.vy, a.vz = a.vx - dx * b.mass * mag, a.vy - dy * b.mass * mag, a.vz - dz * b.mass * mag
      b.vx, b.vy, b.vz = b.vx + dx * a.mass * mag, b.vy + dy * a.mass * mag, b.vz + dz * a.mass * mag
    end
  end
  for i = 1, #bodies do
    local a = bodies[i]
    a.x, a.y, a.z = a.x + dt * a.vx, a.y + dt * a.vy, a.z + dt * a.vz
  end
end
for _ = 1, steps do advance(0.001) end
local e = 0
for _, b in ipairs(bodies) do e = e + b.mass * (b.vx ^ 2 + b.vy ^ 2 + b.vz ^ 2) / 2 end
print(string.format("%.6f", e))
