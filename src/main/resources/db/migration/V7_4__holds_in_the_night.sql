-- What the law holds, the night must not take. Holds come with the fleet (V5); where that migration
-- is not part of the release, nothing is held.
do
$$
begin
    if to_regprocedure('is_held(uuid)') is null then
        create function held_by_law(system uuid) returns boolean language sql stable as 'select false';
    else
        create function held_by_law(system uuid) returns boolean language sql stable as 'select is_held(system)';
    end if;
end
$$;
