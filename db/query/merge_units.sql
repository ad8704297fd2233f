-- Units of the other store: what they are here, and where their functions and lines begin there (from_) and here. Those
-- of units that are new, with ids above :before, come behind all others, in the order of the units.
INSERT INTO merged_unit
WITH counted AS (
    SELECT o.id AS old, m.id AS new, m.id > :before AS is_new, o.first_function AS from_function,
           o.first_line AS from_line, m.first_function, m.first_line,
           (SELECT count(*) FROM other.function f WHERE f.unit_id = o.id) AS functions,
           (SELECT count(*) FROM other.function f JOIN other.line l ON l.function_id = f.id
            WHERE f.unit_id = o.id) AS lines
    FROM other.unit o JOIN map_unit ON map_unit.old = o.id JOIN main.unit m ON m.id = map_unit.new
)
SELECT old, new, is_new, from_function, from_line, functions, lines,
       iif(is_new, (SELECT coalesce(max(id), 0) + 1 FROM main.function)
                   + sum(functions) OVER (PARTITION BY is_new ORDER BY old) - functions, first_function),
       iif(is_new, (SELECT coalesce(max(id), 0) + 1 FROM main.line)
                   + sum(lines) OVER (PARTITION BY is_new ORDER BY old) - lines, first_line)
FROM counted
