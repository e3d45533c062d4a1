create or replace function platform.redact(content jsonb, words text[], instead text) returns jsonb language plpgsql immutable set search_path = '' as $$
begin
    return case jsonb_typeof(content)
        when 'string' then case when content #>> '{}' = any (words) then to_jsonb(instead) else content end
        when 'object' then (
            select coalesce(jsonb_object_agg(part.key, platform.redact(part.value, words, instead)), '{}')
            from jsonb_each(content) part)
        when 'array' then (
            select coalesce(jsonb_agg(platform.redact(part.value, words, instead) order by part.ordinality), '[]')
            from jsonb_array_elements(content) with ordinality part)
        else content
    end;
end $$;

comment on function platform.redact is 'Puts another text in the place of every string that is one of the words, however deep. Keys stay.';
