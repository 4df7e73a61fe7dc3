-- Names sort as people expect, the same on every install. It is ICU's root order, whatever the database's own locale.

create collation desk_people (provider = icu, locale = 'und');
