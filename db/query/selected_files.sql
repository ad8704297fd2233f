-- Files of functions that the selected processes could run, except headers of the system.
SELECT DISTINCT file.path
FROM function JOIN file ON file.id = function.file_id
WHERE function.reason IS NULL AND file.path NOT GLOB '/usr/include/*' AND file.path NOT GLOB '/usr/lib/*'
      AND function.unit_id IN (SELECT unit_id FROM selected JOIN process_unit USING (process_id))
