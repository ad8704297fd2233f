-- What SQLite is made to do for projects/sqlite.sh; the same output with every build.
PRAGMA journal_mode = memory;
CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL, weight REAL, kind INTEGER, data BLOB);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
INSERT INTO item SELECT i, printf('item %05d', i * 7919 % 20011), i * 0.37, i % 13, zeroblob(i % 50) FROM n;
CREATE INDEX item_by_name ON item (name);
CREATE INDEX item_by_kind ON item (kind, weight DESC) WHERE weight > 100;
ANALYZE;
EXPLAIN QUERY PLAN SELECT * FROM item WHERE name = 'item 00042';
SELECT kind, count(*), round(sum(weight), 2), min(name), max(name), total(length(data)) FROM item GROUP BY kind;
SELECT name, rank() OVER (ORDER BY weight DESC), lag(name, 2, 'none') OVER (PARTITION BY kind ORDER BY id),
       round(avg(weight) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING), 3)
FROM item WHERE id BETWEEN 300 AND 330 ORDER BY id;
SELECT a.kind, count(DISTINCT b.name) FROM item a JOIN item b ON b.id = a.id + 13 LEFT JOIN item c ON c.id = b.id * 2
WHERE a.weight BETWEEN 1000 AND 4000 GROUP BY a.kind HAVING count(*) > 10 ORDER BY 2 DESC, 1;
CREATE TABLE note (item INTEGER REFERENCES item ON DELETE CASCADE, text TEXT, at TEXT DEFAULT '2026-01-01') STRICT;
CREATE TRIGGER item_gone AFTER DELETE ON item BEGIN INSERT INTO note VALUES (NULL, 'gone ' || old.name,
    '2026-02-02'); END;
BEGIN;
DELETE FROM item WHERE id % 11 = 0;
SAVEPOINT inner_step;
UPDATE item SET weight = weight * 2, name = upper(name) WHERE kind = 5;
ROLLBACK TO inner_step;
UPDATE item SET kind = kind + 100 FROM (SELECT 6 AS wanted) WHERE kind = wanted;
COMMIT;
SELECT count(*), min(text), max(text) FROM note;
INSERT INTO item (id, name, kind) VALUES (5, 'again',
    1) ON CONFLICT (id) DO UPDATE SET name = excluded.name RETURNING *;
INSERT INTO item VALUES (5, 'constraint', 1, 1, NULL);
SELECT json_extract('{"a": [1, {"b": "x"}], "c": null}', '$.a[1].b'), json_group_array(kind)
    FROM (SELECT DISTINCT kind FROM item);
SELECT key, value, type FROM json_tree('{"a": [1, 2.5, "z", true], "b": {"c": null}}');
CREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'porter');
INSERT INTO words SELECT name || ' runs and running over hills number ' || (id % 97) FROM item WHERE id < 4000;
SELECT count(*), snippet(words, 0, '[', ']', '..', 5) FROM words WHERE words MATCH 'run AND number NEAR hill*';
SELECT rowid FROM words WHERE words MATCH '"hills number 42"' ORDER BY bm25(words), rowid LIMIT 5;
INSERT INTO words (words) VALUES ('optimize');
CREATE VIRTUAL TABLE box USING rtree(id, x0, x1, y0, y1);
INSERT INTO box SELECT id, id % 100, id % 100 + 2, id / 100, id / 100 + 3 FROM item WHERE id < 8000;
SELECT count(*), sum(id) FROM box WHERE x0 > 20 AND x1 < 40 AND y0 >= 10 AND y1 <= 30;
SELECT strftime('%Y-%m-%d %H:%M', '2024-02-29 12:30', '+1 year', 'weekday 0'), julianday('2000-01-01'),
    unixepoch('1999-12-31');
SELECT substr('hello world', -5), instr('abcabc', 'ca'), replace('a-b-c', '-', '+'), hex(quote(x'00ff')),
    typeof(1e300 * 10),
       'abc' GLOB 'a[b-d]*', 'ABC' LIKE 'a_c', round(sqrt(2), 6), round(sin(1), 6), pow(2, 10), 7 % 3, 7 / 2, -7 >> 1;
ALTER TABLE note ADD COLUMN more INTEGER DEFAULT 7;
ALTER TABLE note RENAME COLUMN at TO moment;
SELECT sql FROM sqlite_schema WHERE name = 'note';
SELECT name, total_changes() > 0 FROM pragma_table_info('item');
CREATE TABLE wide AS SELECT a.id * 1000 + b.id AS id, a.name || b.name AS both FROM item a,
    item b WHERE a.id < 100 AND b.id < 100;
SELECT count(*), max(length(both)), count(DISTINCT substr(both, 1, 8)) FROM wide;
SELECT id FROM wide EXCEPT SELECT id FROM wide WHERE id % 3 = 0 ORDER BY id DESC LIMIT 4;
DELETE FROM wide WHERE id % 2;
VACUUM;
PRAGMA integrity_check;
SELECT no_such_column FROM item;
SELECT * FROM no_such_table;
.mode box
SELECT kind, count(*) AS number FROM item GROUP BY kind LIMIT 3;
.mode json
SELECT id, name FROM item LIMIT 2;
.schema note
.dump note
