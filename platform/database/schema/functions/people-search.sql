-- The search of people. LIKE is not leakproof, so under row-level security it cannot use the trigram index. This narrow
-- function filters by tenant itself and gives ids only, which the caller reads under its own policies.

-- People whose name, address or login has every word that is typed, in any order, with or without the marks over their
-- letters: the longest word by the index, all of them in what it found. People who have the words as typed come first. The
-- needle is folded as people.search_text is. At most 50: the search of people shows 20 of them (D9).
create or replace function people_matching(p_tenant uuid, p_needle text) returns setof uuid
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  v_exact text := lower(btrim(p_needle));
  v_letters text := replace(replace(replace(replace(lower(translate(
  regexp_replace(normalize(v_exact, NFD), '[\u0300-\u036f]', '', 'g'), 'ØøŁłĐđıẞ''’‘ʼ`´', 'oollddiß')), 'ß', 'ss'), '\', '\\'), '%', '\%'), '_', '\_');
  v_patterns text[] := array(
    select '%' || word || '%' from regexp_split_to_table(v_letters, '\s+') word order by char_length(word) desc);
begin
  if p_tenant is distinct from current_tenant() then
    raise exception 'people are searched in the tenant of the transaction' using errcode = '42501';
  end if;
  if char_length(v_exact) < 3 then
    raise exception 'a search needs at least 3 characters' using errcode = '22023';
  end if;
  -- Marks and apostrophes alone are no name; folded to nothing they would match everybody.
  if char_length(btrim(v_letters)) < 2 then return; end if;
  return query
    select p.id from people p
    where p.tenant_id = p_tenant and p.search_text like v_patterns[1] and p.search_text like all (v_patterns)
      and p.account_state <> 'deleted'
    order by (p.login = v_exact or lower(p.work_email) = v_exact) desc,
      (p.search_text like '%' || v_letters || '%') desc, p.display_name, p.id
    limit 50;
end $$;
