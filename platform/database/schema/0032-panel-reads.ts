/** What the panel and the page behind a link say besides: true order, which contact, from where somebody asks. */
export const panelReads = `
-- Country of the address from which somebody signed in, by the offline network data; never the address itself. The page
-- behind a link names it where the directory knows no office (security.md B8).
alter table staff_sessions add column country text check (country ~ '^[A-Z]{2}$');
create index staff_sessions_started on staff_sessions (tenant_id, staff_id, started_at desc);

-- All rows of one verification; what a role may see of them is decided by its caller (api/console/panel). Events come in the
-- order in which the database recorded them: times of several clocks order nothing. Contacts of one person may look alike when
-- masked, so what each is to its owner comes with it.
create or replace function read_verification(p_tenant uuid, p_id uuid) returns json language plpgsql as $$
declare
  v_answer json;
begin
  perform set_config('app.tenant', p_tenant::text, true);
  select json_build_object(
    'now', iso_instant(now()),
    'verification', to_jsonb(v) || jsonb_build_object('created_at', iso_instant(v.created_at),
      'contact_label', (select c.label from contacts c where c.tenant_id = p_tenant and c.id = v.contact_id)),
    'person', to_jsonb(p) - 'search_text',
    'action', (select to_jsonb(a) from actions a where a.tenant_id = p_tenant and a.verification_id = p_id),
    'link', (select to_jsonb(l) - 'token_hash' - 'contact_value_index' from links l
      where l.tenant_id = p_tenant and l.verification_id = p_id order by l.ordinal desc limit 1),
    'code', (select to_jsonb(c) - 'code_hash' from code_challenges c
      where c.tenant_id = p_tenant and c.verification_id = p_id and c.kind = 'match' order by c.ordinal desc limit 1),
    'plan', (select to_jsonb(n) from plans n where n.tenant_id = p_tenant and n.verification_id = p_id),
    'scoring', (select to_jsonb(s) from scorings s
      where s.tenant_id = p_tenant and s.verification_id = p_id order by s.ordinal desc limit 1),
    'feedback', (select to_jsonb(f) from feedback f where f.tenant_id = p_tenant and f.verification_id = p_id),
    'session', (select to_jsonb(s) - 'token_hash' from portal_sessions s
      where s.tenant_id = p_tenant and s.verification_id = p_id order by s.started_at desc limit 1),
    'pageSeenAt', (select min(i.at) from link_visits i
      where i.tenant_id = p_tenant and i.verification_id = p_id and i.kind = 'page_seen'),
    'answers', (select coalesce(jsonb_agg(to_jsonb(r) order by r.position), '[]') from answers r
      where r.tenant_id = p_tenant and r.verification_id = p_id),
    'deliveries', (select coalesce(jsonb_agg(to_jsonb(d) - 'number_index' - 'prefix_index' - 'provider_id'
        || jsonb_build_object('contact_label', c.label) order by d.begun_at), '[]')
      from deliveries d left join contacts c on c.tenant_id = p_tenant and c.id = d.contact_id
      where d.tenant_id = p_tenant and d.verification_id = p_id),
    'labels', (select coalesce(jsonb_agg(to_jsonb(l) order by l.at desc), '[]') from labels l
      where l.tenant_id = p_tenant and l.verification_id = p_id),
    'probes', (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (
      select distinct on (f.kind) f.* from probe_facts f where f.tenant_id = p_tenant and f.verification_id = p_id
      order by f.kind, f.received_at desc) x),
    'events', (select coalesce(jsonb_agg(jsonb_build_object('at', iso_instant(e.occurred_at), 'type', e.type, 'actorKind', e.actor_kind,
        'actorName', e.actor_name, 'payload', e.payload) order by e.seq), '[]')
      from (select * from audit where tenant_id = p_tenant and object_kind = 'verification' and object_id = p_id::text
        order by created_at desc, seq desc limit 300) e))
  into v_answer
  from verifications v join people p on p.tenant_id = v.tenant_id and p.id = v.person_id
  where v.tenant_id = p_tenant and v.id = p_id;
  return v_answer;
end $$;
`
