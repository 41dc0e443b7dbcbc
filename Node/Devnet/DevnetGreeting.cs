using System.Globalization;

namespace EnergyChain.Node.Devnet;

/// <summary>How to talk to a running devnet.</summary>
public sealed class DevnetGreeting(
    DevnetLayout layout,
    DevnetNetwork network,
    Community community,
    DevnetSchedule schedule,
    DashboardProcess? dashboard)
{
    public void Write(TextWriter output)
    {
        string node = $"http://{layout.SiteApi(0)}";
        uint site = DevnetOperator.DemoSite(community);
        foreach (ValidatorProcess validator in network.Validators)
        {
            ValidatorStatus status = validator.Status;
            output.WriteLine($"  {status.Name}: pid {status.ProcessId}; by hand: "
                + NodeExecutable.CommandLine("run", "--config", validator.ConfigPath));
        }

        output.WriteLine($"  sites {layout.Homes[0]} to {layout.Homes[^1]}: APIs from {node}, Modbus from "
            + $"{DevnetLayout.Host}:{layout.ModbusPort(0)} (units 1 PV, 2 grid, 3 battery)");
        output.WriteLine($"Talk to it with the wallet. The key '{DevnetFiles.DemoKeyName}' holds 10,000 ENC and trades "
            + $"for site {site};");
        output.WriteLine($"'{layout.Homes[0]}' is the account of that home, whose meter proves what it sells:");
        output.WriteLine($"  export ENERGYCHAIN_NODE={node}");
        output.WriteLine($"  export ENERGYCHAIN_KEYSTORE={layout.WalletFolder}");
        output.WriteLine($"  export ENERGYCHAIN_PASSWORD_FILE={Path.Combine(layout.WalletFolder, "password.txt")}");
        output.WriteLine("  energychain-wallet node status");
        output.WriteLine($"  energychain-wallet balance {DevnetFiles.DemoKeyName}");
        if (dashboard is not null)
        {
            output.WriteLine($"Dashboard: {layout.DashboardAddress} shows {layout.Homes[0]}; to trade there, log in as "
                + $"'{DashboardProcess.User}' with '{DashboardProcess.Password}'.");
        }

        string start = schedule.Calendar.StartOf(schedule.FirstSlot)
            .ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        int seconds = schedule.Timing.SlotSeconds;
        output.WriteLine($"Slot {schedule.FirstSlot} stands for {start}; a slot lasts {seconds} s.");
    }
}
