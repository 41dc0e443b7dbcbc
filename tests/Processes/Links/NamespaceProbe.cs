namespace EnergyChain.Processes.Links;

/// <summary>Finds out by trying whether this machine makes network namespaces and delays packets in them.</summary>
public static class NamespaceProbe
{
    /// <summary>What is missing for a <see cref="NamespaceFabric"/>, in a sentence; null where nothing is.</summary>
    public static async Task<string?> MissingAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "Network namespaces are Linux's.";
        }

        string name = NamespaceFabric.NewPrefix() + "p";
        string? missing = await ShellCommand.TryAsync("ip", "netns", "add", name);
        if (missing is not null)
        {
            return $"Network namespaces cannot be made here: {missing}";
        }

        string? veth = await ShellCommand.TryAsync(
            "ip", "-n", name, "link", "add", "probe0", "type", "veth", "peer", "name", "probe1");
        await ShellCommand.TryAsync("ip", "netns", "delete", name);
        return veth is null ? null : $"Pairs of virtual wires cannot be made here: {veth}";
    }

    /// <summary>What is missing for delays, in a sentence; null where nothing is.</summary>
    public static async Task<string?> DelayMissingAsync()
    {
        if (await MissingAsync() is { } missing)
        {
            return missing;
        }

        string name = NamespaceFabric.NewPrefix() + "p";
        await ShellCommand.RunAsync("ip", "netns", "add", name);
        string? netem = await ShellCommand.TryAsync(
            "ip", "netns", "exec", name, "tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms");
        await ShellCommand.TryAsync("ip", "netns", "delete", name);
        return netem is null ? null : $"The kernel or tc here has no netem: {netem}";
    }
}
