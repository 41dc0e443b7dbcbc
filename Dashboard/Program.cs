using EnergyChain.Dashboard.Commands;

return await DashboardCommand.RunAsync(args);
