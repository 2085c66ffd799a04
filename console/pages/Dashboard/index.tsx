export const DashboardPage = () => <div class="page" />
