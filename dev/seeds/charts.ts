/** The two demo organisations: how they are built, and who works at their help desk. */
import type { Role } from '#domain/roles.ts'
import type { OfficeKey } from './offices.ts'

/** A department: who leads it, its teams, where its people mostly are. */
export type Department = {
  readonly name: string
  readonly headTitle: string
  readonly offices: Readonly<Partial<Record<OfficeKey, number>>>
  readonly teams: readonly Team[]
}

/** A team: its lead and members. */
export type Team = {
  readonly name: string
  readonly titles: readonly string[]
  readonly isPrivileged?: boolean
}

/** A member of the help desk's staff, who is one of the people as well. */
export type DeskMember = {
  readonly given: string
  readonly family: string
  readonly role: Role
  readonly department: string
  readonly team: string
  readonly isLead?: boolean
}

/** One demo organisation. */
export type Chart = {
  readonly slug: 'northwind' | 'lab'
  readonly name: string
  readonly domain: string
  /** In front of every login, so that a login names its organisation. */
  readonly loginPrefix: string
  readonly helpdeskPhone: string
  readonly accent: string
  readonly tagPrefix: string
  readonly departments: readonly Department[]
  readonly desk: readonly DeskMember[]
  /** Members of a team besides its lead. */
  readonly teamSize: { readonly least: number; readonly most: number }
  readonly pastVerifications: number
}

const team = (name: string, ...titles: readonly string[]): Team => ({ name, titles })

const everywhere = { austin: 4, hamburg: 3, toronto: 2, london: 2, lyon: 1, montreal: 1 }
const america = { austin: 6, toronto: 3, montreal: 1 }
const europe = { hamburg: 4, london: 2, lyon: 2 }

const technology: Department = {
  name: 'Technology',
  headTitle: 'Director of Technology',
  offices: everywhere,
  teams: [
    team('Service Desk', 'Service Desk Analyst', 'Senior Service Desk Analyst'),
    { ...team('Identity and Access', 'Identity Engineer', 'Access Administrator'), isPrivileged: true },
    { ...team('Infrastructure', 'Systems Engineer', 'Platform Engineer'), isPrivileged: true },
    team('Workplace', 'Workplace Engineer', 'Device Specialist'),
    team('Applications', 'Application Engineer', 'Integration Engineer'),
    team('Networks', 'Network Engineer', 'Telephony Engineer'),
    team('Reporting', 'Report Developer', 'Data Modeller'),
  ],
}

const assurance: Department = {
  name: 'Assurance',
  headTitle: 'Head of Assurance',
  offices: { toronto: 3, london: 2, hamburg: 1 },
  teams: [
    team('Internal Audit', 'Auditor', 'Senior Auditor'),
    team('Risk and Controls', 'Risk Analyst', 'Controls Specialist'),
    team('Privacy', 'Privacy Analyst', 'Privacy Officer'),
  ],
}

const finance: Department = {
  name: 'Finance',
  headTitle: 'Finance Director',
  offices: { austin: 3, hamburg: 2, toronto: 2 },
  teams: [
    team('Accounts', 'Accountant', 'Senior Accountant'),
    { ...team('Treasury', 'Treasury Analyst', 'Treasury Manager'), isPrivileged: true },
    team('Planning', 'Financial Planner', 'Planning Analyst'),
    team('Purchasing', 'Buyer', 'Senior Buyer'),
    team('Billing', 'Billing Clerk', 'Billing Specialist'),
    team('Collections', 'Collections Clerk', 'Credit Analyst'),
  ],
}

/** A freight and logistics company. */
export const northwind: Chart = {
  slug: 'northwind',
  name: 'Northwind Freight',
  domain: 'northwind.example',
  loginPrefix: '',
  helpdeskPhone: '+1 512 555 0190',
  accent: '#0b6e5f',
  tagPrefix: 'NW',
  teamSize: { least: 5, most: 9 },
  pastVerifications: 2_000,
  departments: [
    technology,
    finance,
    assurance,
    {
      name: 'Operations',
      headTitle: 'Director of Operations',
      offices: everywhere,
      teams: [
        team('Dispatch Americas', 'Dispatcher', 'Senior Dispatcher'),
        team('Dispatch Europe', 'Dispatcher', 'Senior Dispatcher'),
        team('Customs', 'Customs Clerk', 'Customs Specialist'),
        team('Warehousing', 'Warehouse Planner', 'Shift Planner'),
        team('Fleet', 'Fleet Planner', 'Maintenance Planner'),
        team('Rail', 'Rail Planner', 'Terminal Coordinator'),
        team('Ports', 'Port Agent', 'Berth Planner'),
        team('Last Mile', 'Route Planner', 'Courier Coordinator'),
        team('Cold Chain', 'Cold Chain Planner', 'Temperature Analyst'),
        team('Safety', 'Safety Inspector', 'Safety Trainer'),
      ],
    },
    {
      name: 'Sales',
      headTitle: 'Director of Sales',
      offices: everywhere,
      teams: [
        team('Accounts Americas', 'Account Manager', 'Sales Consultant'),
        team('Accounts Europe', 'Account Manager', 'Sales Consultant'),
        team('Tenders', 'Tender Writer', 'Pricing Analyst'),
        team('Key Accounts', 'Key Account Manager', 'Solutions Consultant'),
        team('Contracts', 'Contract Manager', 'Contract Analyst'),
        team('Inside Sales', 'Sales Agent', 'Quotation Clerk'),
        team('Partners', 'Partner Manager', 'Partner Consultant'),
      ],
    },
    {
      name: 'Customer Care',
      headTitle: 'Head of Customer Care',
      offices: america,
      teams: [
        team('Care Austin', 'Care Agent', 'Senior Care Agent'),
        team('Care Toronto', 'Care Agent', 'Senior Care Agent'),
        team('Claims', 'Claims Handler', 'Claims Specialist'),
        team('Care Montréal', 'Care Agent', 'Senior Care Agent'),
        team('Onboarding', 'Onboarding Specialist', 'Account Helper'),
        team('Tracing', 'Tracing Clerk', 'Tracing Specialist'),
        team('Quality', 'Quality Coach', 'Quality Analyst'),
      ],
    },
    {
      name: 'Products',
      headTitle: 'Director of Products',
      offices: europe,
      teams: [
        team('Tracking', 'Software Engineer', 'Product Designer'),
        team('Booking', 'Software Engineer', 'Product Designer'),
        team('Data', 'Data Engineer', 'Data Analyst'),
        team('Pricing', 'Software Engineer', 'Product Manager'),
        team('Platform', 'Software Engineer', 'Site Reliability Engineer'),
        team('Mobile', 'Mobile Engineer', 'Product Designer'),
        team('Research', 'Researcher', 'Senior Researcher'),
      ],
    },
    {
      name: 'People and Places',
      headTitle: 'Head of People and Places',
      offices: everywhere,
      teams: [
        team('Hiring', 'Recruiter', 'Hiring Coordinator'),
        team('Learning', 'Trainer', 'Learning Designer'),
        team('Travel', 'Travel Coordinator', 'Event Planner'),
        team('Offices', 'Office Coordinator', 'Facilities Planner'),
      ],
    },
    {
      name: 'Communications',
      headTitle: 'Head of Communications',
      offices: { austin: 2, lyon: 2, montreal: 2 },
      teams: [
        team('Press', 'Press Officer', 'Editor'),
        team('Brand', 'Brand Designer', 'Illustrator'),
        team('Web', 'Web Editor', 'Web Developer'),
      ],
    },
    {
      name: 'Engineering',
      headTitle: 'Director of Engineering',
      offices: { hamburg: 4, austin: 3, lyon: 2 },
      teams: [
        team('Sorting', 'Mechanical Engineer', 'Automation Engineer'),
        team('Conveyors', 'Mechanical Engineer', 'Service Technician'),
        team('Electrics', 'Electrical Engineer', 'Electrician'),
        team('Buildings', 'Building Engineer', 'Energy Planner'),
        team('Field Service', 'Service Technician', 'Service Planner'),
        team('Spare Parts', 'Parts Planner', 'Stock Clerk'),
      ],
    },
    {
      name: 'Network Planning',
      headTitle: 'Director of Network Planning',
      offices: everywhere,
      teams: [
        team('Forecast', 'Forecast Analyst', 'Statistician'),
        team('Routes', 'Route Designer', 'Route Analyst'),
        team('Capacity', 'Capacity Planner', 'Capacity Analyst'),
        team('Partners Lines', 'Line Planner', 'Carrier Manager'),
        team('Simulation', 'Simulation Engineer', 'Operations Researcher'),
      ],
    },
  ],
  desk: [
    { given: 'Nadia', family: 'Okoro', role: 'agent', department: 'Technology', team: 'Service Desk' },
    { given: 'Tomás', family: 'Ribera', role: 'agent', department: 'Technology', team: 'Service Desk' },
    { given: 'Leonie', family: 'Krüger', role: 'agent', department: 'Technology', team: 'Service Desk' },
    { given: 'Samir', family: 'Belhadj', role: 'agent', department: 'Technology', team: 'Service Desk' },
    {
      given: 'Maeve',
      family: 'Brannigan',
      role: 'supervisor',
      department: 'Technology',
      team: 'Service Desk',
      isLead: true,
    },
    // She belongs to another team, so that a case of any agent finds an independent supervisor for its second approval.
    { given: 'Aurelia', family: 'Stanton', role: 'supervisor', department: 'Technology', team: 'Workplace' },
    { given: 'Henrik', family: 'Solvang', role: 'admin', department: 'Technology', team: 'Applications' },
    { given: 'Priya', family: 'Castellan', role: 'admin', department: 'Technology', team: 'Applications' },
    { given: 'Ingrid', family: 'Vallejo', role: 'auditor', department: 'Assurance', team: 'Internal Audit' },
  ],
}

/** The trial organisation, where browsers driven by a program may finish a case by its policy. */
export const lab: Chart = {
  slug: 'lab',
  name: 'Countersign Lab',
  domain: 'lab.example',
  loginPrefix: 'lab.',
  helpdeskPhone: '+1 416 555 0190',
  accent: '#5b3fa0',
  tagPrefix: 'LB',
  teamSize: { least: 6, most: 8 },
  pastVerifications: 60,
  departments: [
    { ...technology, teams: technology.teams.filter(({ name }) => name !== 'Infrastructure').slice(0, 4) },
    { ...finance, teams: finance.teams.filter(({ isPrivileged }) => isPrivileged !== true).slice(0, 3) },
    assurance,
    {
      name: 'Research',
      headTitle: 'Head of Research',
      offices: everywhere,
      teams: [
        team('Materials', 'Researcher', 'Technician'),
        team('Optics', 'Researcher', 'Technician'),
        team('Acoustics', 'Researcher', 'Technician'),
        team('Workshop', 'Instrument Maker', 'Technician'),
      ],
    },
  ],
  desk: [
    { given: 'Mila', family: 'Sørland', role: 'agent', department: 'Technology', team: 'Service Desk' },
    { given: 'Jonas', family: 'Petit', role: 'agent', department: 'Technology', team: 'Service Desk' },
    { given: 'Amara', family: 'Diallo', role: 'agent', department: 'Technology', team: 'Service Desk' },
    { given: 'Ravi', family: 'Menon', role: 'agent', department: 'Technology', team: 'Service Desk' },
    {
      given: 'Greta',
      family: 'Lindholm',
      role: 'supervisor',
      department: 'Technology',
      team: 'Service Desk',
      isLead: true,
    },
    { given: 'Noor', family: 'Haddad', role: 'supervisor', department: 'Technology', team: 'Applications' },
    { given: 'Oskar', family: 'Wendel', role: 'admin', department: 'Technology', team: 'Workplace' },
    { given: 'Thandi', family: 'Morrow', role: 'admin', department: 'Technology', team: 'Workplace' },
    { given: 'Yuna', family: 'Marchetti', role: 'auditor', department: 'Assurance', team: 'Internal Audit' },
  ],
}

/** Both demo organisations. */
export const charts: readonly Chart[] = [northwind, lab]
