-- The selected processes whose allocations were counted: all, those that ended by themselves, and what is known of the
-- figures.
SELECT count(*), count(*) FILTER (WHERE p.ended IN ('exit', 'fast exit')), coalesce(sum(h.peak_bytes), 0),
       coalesce(max(h.several), 0), coalesce(sum(h.early), 0), coalesce(sum(h.unfollowed), 0),
       coalesce(sum(h.unseen_frees), 0), count(*) FILTER (WHERE h.reach = 'own allocator'),
       count(*) FILTER (WHERE h.reach = 'plug-in')
FROM selected s
JOIN process p ON p.id = s.process_id
JOIN heap h ON h.process_id = s.process_id
