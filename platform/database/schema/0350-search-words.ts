/** As somebody types a text whose letters are not on their keyboard: no marks, no capitals. Hangul comes apart on both sides alike. */
const folded = (text: string): string => `replace(lower(translate(
  regexp_replace(normalize(${text}, NFD), '[\\u0300-\\u036f]', '', 'g'), 'ØøŁłĐđıẞ', 'oollddiß')), 'ß', 'ss')`

/** Words in any order, with or without the marks over their letters: "nunez dolores" is Dolores Núñez. */
export const searchWords = `
alter table people drop column search_text;
alter table people add column search_text text not null generated always as
  (${folded(`display_name || ' ' || coalesce(romanised_name, '') || ' ' || coalesce(work_email, '') || ' ' || login`)}) stored;
create index people_search on people using gin (tenant_id, search_text gin_trgm_ops);

-- As before (0006), but by words: the longest by the index, every one of them in what it found; who has them as they
-- stand comes first.
create or replace function people_like(p_tenant uuid, p_needle text, p_limit integer, p_most integer) returns setof uuid
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  v_exact text := lower(btrim(p_needle));
  v_letters text := replace(replace(replace(${folded('v_exact')}, '\\', '\\\\'), '%', '\\%'), '_', '\\_');
  v_patterns text[] := array(
    select '%' || word || '%' from regexp_split_to_table(v_letters, '\\s+') word order by char_length(word) desc);
begin
  if p_tenant is distinct from current_tenant() then
    raise exception 'people are searched in the tenant of the transaction' using errcode = '42501';
  end if;
  if char_length(v_exact) < 3 then
    raise exception 'a search needs at least 3 characters' using errcode = '22023';
  end if;
  return query
    select p.id from people p
    where p.tenant_id = p_tenant and p.search_text like v_patterns[1] and p.search_text like all (v_patterns)
      and p.account_state <> 'deleted'
    order by (p.login = v_exact or lower(p.work_email) = v_exact) desc,
      (p.search_text like '%' || v_letters || '%') desc, p.display_name, p.id
    limit greatest(0, least(p_limit, p_most));
end $$;
`
