-- What is needed to turn a unit's counters into hits.
SELECT id, first_function, first_line, sites FROM unit WHERE module_id = :module AND site_id = :site
