-- Tables and columns that point to :table.
SELECT t.name, f."from"
FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f
WHERE t.schema = 'main' AND t.type = 'table' AND f."table" = :table
ORDER BY t.name, f."from"
