-- One verification with all its rows, and where its participant is: each in one trip.

-- All rows of one verification; its caller decides what a role may see of them (api/console). Events come in the order in which
-- the database recorded them: times of several clocks order nothing. Contacts of one person may look alike when masked, so what
-- each is to its owner comes with it.
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

-- Where a participant is; the portal's step is made of it (api/portal/step-of.ts).
create or replace function read_portal_case(p_tenant uuid, p_verification uuid) returns json language plpgsql as $$
declare
  v_answer json;
begin
  perform set_config('app.tenant', p_tenant::text, true);
  select json_build_object(
    'tenant', jsonb_build_object('name', t.name, 'settings', t.settings),
    'verification', to_jsonb(v),
    'person', jsonb_build_object('displayName', p.display_name, 'givenName', p.given_name, 'familyName', p.family_name,
      'login', p.login, 'workEmail', p.work_email, 'pseudonym', p.pseudonym, 'department', p.department, 'office', p.office),
    'action', (select to_jsonb(a) from actions a where a.tenant_id = p_tenant and a.verification_id = p_verification),
    'plan', (select to_jsonb(n) from plans n where n.tenant_id = p_tenant and n.verification_id = p_verification),
    'answers', (select coalesce(jsonb_agg(to_jsonb(r) order by r.position), '[]') from answers r
      where r.tenant_id = p_tenant and r.verification_id = p_verification),
    'codeChoices', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'masked', c.masked,
        'channel', case c.kind when 'phone' then 'sms' else 'email' end) order by array_position(n.code_choices, c.id)), '[]')
      from plans n join contacts c on c.tenant_id = n.tenant_id and c.id = any(n.code_choices) and c.person_id = v.person_id
      where n.tenant_id = p_tenant and n.verification_id = p_verification),
    'secondCode', (select to_jsonb(c) - 'code_hash' || jsonb_build_object('channel', d.channel, 'contact_masked', d.contact_masked,
        'delivery_status', d.status)
      from code_challenges c left join deliveries d on d.tenant_id = c.tenant_id and d.verification_id = c.verification_id
        and d.kind = 'second_code' and d.ordinal = c.ordinal
      where c.tenant_id = p_tenant and c.verification_id = p_verification and c.kind = 'second'
      order by mod(c.ordinal, 100) desc, c.ordinal desc limit 1),
    'matchCode', (select to_jsonb(c) - 'code_hash' from code_challenges c
      where c.tenant_id = p_tenant and c.verification_id = p_verification and c.kind = 'match' order by c.ordinal desc limit 1),
    'link', (select to_jsonb(l) - 'token_hash' - 'contact_value_index' from links l
      where l.tenant_id = p_tenant and l.verification_id = p_verification order by l.ordinal desc limit 1),
    'policy', (select y.document from policies y where y.tenant_id = p_tenant and y.version = v.policy_version),
    'feedbackGiven', exists (select from feedback f where f.tenant_id = p_tenant and f.verification_id = p_verification),
    'secondsLeft', (select extract(epoch from n.deadline_at - now()) from plans n
      where n.tenant_id = p_tenant and n.verification_id = p_verification),
    'grantSecondsLeft', (select extract(epoch from a.expires_at - now()) from actions a
      where a.tenant_id = p_tenant and a.verification_id = p_verification))
  into v_answer
  from verifications v join people p on p.tenant_id = v.tenant_id and p.id = v.person_id join tenants t on t.id = v.tenant_id
  where v.tenant_id = p_tenant and v.id = p_verification;
  return v_answer;
end $$;
