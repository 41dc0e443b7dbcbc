using System.Net;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Site;
using EnergyChain.Node.Site.Subjects;

namespace EnergyChain.Node.Hosting;

/// <summary>
/// Checks a node's options at start: the first wrong one is named with its value and what is allowed.
/// </summary>
public static class NodeOptionsCheck
{
    private const int MaxPeers = 256;
    private const int MaxNameLength = 64;

    // Less might not hold the undo set of the fullest block: calls that it overtakes would have to be made again.
    private const int MinTraceMemoryMiB = 64;
    private const int MaxTraceMemoryMiB = 65_536;

    private const int MaxMinimumFreeMiB = 1_048_576;

    private const int MinCheckpointBlocks = 5;
    private const int MaxCheckpointBlocks = 1_000_000;

    private const int MaxKeepDays = 36_500;

    /// <summary>Throws <see cref="OperatorException"/> where an option is wrong. Looks at no file but keys.</summary>
    public static void Run(NodeOptions options)
    {
        Require(options.Name.Length is > 0 and <= MaxNameLength, "name", options.Name, "1 to 64 characters");
        Require(options.DataDirectory.Length > 0, "dataDirectory", options.DataDirectory, "a path");
        RequireFile(options, options.Genesis, "genesis");
        RequireFile(options, options.NodeKey, "nodeKey");
        IPEndPoint peer = RequireListen(options.PeerListen, "peerListen");
        IPEndPoint api = RequireListen(options.ApiListen, "apiListen");
        bool differ = peer.Port == 0 || peer.Port != api.Port;
        Require(differ, "apiListen", options.ApiListen, "another port than peerListen");
        bool dialable = options.Advertise is not { } text || EndpointText.TryParseRemote(text, out _, out _);
        Require(dialable, "advertise", options.Advertise, "host:port, or nothing");
        Require(options.Peers.Count <= MaxPeers, "peers", $"{options.Peers.Count} entries", $"at most {MaxPeers}");
        foreach (string address in options.Peers)
        {
            string remote = address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];
            bool sound = EndpointText.TryParseRemote(remote, out _, out _);
            Require(sound, "peers", address, "host:port or 0xNODEKEY@host:port");
        }

        foreach (string allowed in options.AllowedPeers ?? [])
        {
            bool sound = allowed == AllowedPeerKeys.Anyone || PublicKey.TryParse(allowed, out _);
            Require(sound, "allowedPeers", allowed, "0x and the 64 hex digits of a node key, or *");
        }

        Require(
            options.CheckpointBlocks is >= MinCheckpointBlocks and <= MaxCheckpointBlocks,
            "checkpointBlocks",
            options.CheckpointBlocks,
            $"{MinCheckpointBlocks} to {MaxCheckpointBlocks}");
        Require(
            options.TraceMemoryMiB is >= MinTraceMemoryMiB and <= MaxTraceMemoryMiB,
            "traceMemoryMiB",
            options.TraceMemoryMiB,
            $"{MinTraceMemoryMiB} to {MaxTraceMemoryMiB}");
        Require(
            options.IndexKeepDays is >= 0 and <= MaxKeepDays,
            "indexKeepDays",
            options.IndexKeepDays,
            $"0 for all, to {MaxKeepDays}");
        Require(
            options.MinimumFreeMiB is >= 0 and <= MaxMinimumFreeMiB,
            "minimumFreeMiB",
            options.MinimumFreeMiB,
            $"0 to {MaxMinimumFreeMiB}");
        bool isHash = Hash32.TryParse(options.TrustedHash ?? string.Empty, out _);
        Require(
            options.TrustedHeight == 0 ? options.TrustedHash is null : isHash,
            "trustedHash",
            options.TrustedHash ?? "absent",
            "the hash of the block of trustedHeight, and nothing without one");
        Require(
            Enum.TryParse(options.LogLevel, ignoreCase: false, out LogLevel _) && !char.IsDigit(options.LogLevel[0]),
            "logLevel",
            options.LogLevel,
            string.Join(", ", Enum.GetNames<LogLevel>()));
        if (options.Site is { } site)
        {
            Require(options.Role == NodeRole.Relay, "site", site.Name, "only a node of role relay");
            RunSite(options, site);
        }
    }

    private static void RunSite(NodeOptions options, SiteOptions site)
    {
        Require(site.Id != 0, "site.id", site.Id, "1 or more");
        Require(site.Name.Length is > 0 and <= MaxNameLength, "site.name", site.Name, "1 to 64 characters");
        Require(SubjectId.TryParse(site.Subject, out _), "site.subject", site.Subject, SubjectId.Allowed);
        Require(
            site.KeepReadingsDays is >= 0 and <= MaxKeepDays,
            "site.keepReadingsDays",
            site.KeepReadingsDays,
            $"0 for until they are forgotten, to {MaxKeepDays}");
        RequireFile(options, site.AccountKey, "site.accountKey");
        RequireFile(options, site.DeviceKey, "site.deviceKey");
        Require(
            OrderStrategies.Names.Contains(site.Strategy),
            "site.strategy",
            site.Strategy,
            string.Join(", ", OrderStrategies.Names));
        Require(site.CommunitySize is >= 1 and <= 100_000, "site.communitySize", site.CommunitySize, "1 to 100000");
        Require(site.LeastOrderWh is >= 1 and <= 1_000_000, "site.leastOrderWh", site.LeastOrderWh, "1 to 1000000");
        Require(site.BatteryCapacityWh >= 0, "site.batteryCapacityWh", site.BatteryCapacityWh, "0 or more");
        Require(site.BatteryPowerW >= 0, "site.batteryPowerW", site.BatteryPowerW, "0 or more");
        Require(
            site.BatteryRoundTripPermille is >= 1 and <= 1_000,
            "site.batteryRoundTripPermille",
            site.BatteryRoundTripPermille,
            "1 to 1000");
        Require(site.PhotovoltaicW >= 0, "site.photovoltaicW", site.PhotovoltaicW, "0 or more");
        Require(site.Latitude is >= -90 and <= 90, "site.latitude", site.Latitude, "-90 to 90");
        Require(
            site.SolarOffsetMinutes is >= -1_440 and <= 1_440,
            "site.solarOffsetMinutes",
            site.SolarOffsetMinutes,
            "-1440 to 1440");
        RunModbus(site.Modbus);
    }

    private static void RunModbus(ModbusOptions modbus)
    {
        bool named = Uri.CheckHostName(modbus.Host) != UriHostNameType.Unknown;
        Require(named, "site.modbus.host", modbus.Host, "a host name or an address");
        Require(modbus.Port is >= 1 and <= 65_535, "site.modbus.port", modbus.Port, "1 to 65535");
        Require(modbus.TimeoutMs is >= 10 and <= 60_000, "site.modbus.timeoutMs", modbus.TimeoutMs, "10 to 60000");
        Require(
            modbus.MinimumGapMs is >= 0 and <= 10_000, "site.modbus.minimumGapMs", modbus.MinimumGapMs, "0 to 10000");
        Require(modbus.GridMeterUnit is not null, "site.modbus.gridMeterUnit", null, "the unit of the grid meter");
        Require(
            modbus.PhotovoltaicRatedW > 0, "site.modbus.photovoltaicRatedW", modbus.PhotovoltaicRatedW, "above 0");
        Require(modbus.GridRatedW > 0, "site.modbus.gridRatedW", modbus.GridRatedW, "above 0");
        Require(modbus.StorageRatedW > 0, "site.modbus.storageRatedW", modbus.StorageRatedW, "above 0");
    }

    private static IPEndPoint RequireListen(string text, string option)
    {
        bool sound = EndpointText.TryParseListen(text, out IPEndPoint endpoint);
        Require(sound, option, text, "ip:port, for example 127.0.0.1:30300");
        return endpoint;
    }

    private static void RequireFile(NodeOptions options, string path, string option) =>
        Require(path.Length > 0 && File.Exists(options.Resolve(path)), option, path, "an existing file");

    private static void Require(bool holds, string option, object? value, string allowed)
    {
        if (!holds)
        {
            throw OperatorException.ForOption(option, value, allowed);
        }
    }
}
