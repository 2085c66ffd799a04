/** Systems that call by a key reach limits as staff do, and it is told as of staff (security.md D8). */
export const clientAlarms = `
alter table staff_alarms alter column staff_id drop not null;
alter table staff_alarms add column client_id uuid;
alter table staff_alarms add constraint staff_alarms_whose check ((staff_id is null) <> (client_id is null));
alter table staff_alarms add constraint staff_alarms_client_id_fkey
  foreign key (tenant_id, client_id) references api_clients (tenant_id, id);
create index staff_alarms_client on staff_alarms (tenant_id, client_id, kind, raised_at desc) where client_id is not null;
`
