using EnergyChain.Client.Keys;
using EnergyChain.Core.Crypto;
using EnergyChain.Devices.Simulation;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;
using KeyFile = EnergyChain.Node.Hosting.KeyFile;

namespace EnergyChain.Node.Devnet;

/// <summary>Writes the files of a devnet: genesis, a config and keys for every node, a wallet to try.</summary>
public sealed class DevnetFiles(DevnetLayout layout, DevnetOptions options, Community community)
{
    public const string DemoKeyName = "demo";
    public const string DemoPassword = "devnet";

    private const int ModbusTimeoutMs = 250;

    public void Write()
    {
        GenesisPlan plan = GenesisPlan.Development(options.Validators, MarketTiming.For(options.SlotSeconds));
        File.WriteAllBytes(layout.GenesisPath, GenesisFile.Write(
            (plan with { GridFeePerKwh = Money.PerKwh(options.GridFee) }).Build()));
        for (int index = 0; index < layout.Validators; index++)
        {
            using SigningKey key = DevelopmentKeys.Validator(index + 1);
            NodeFolder.Write(layout.ValidatorFolder(index), key, ValidatorOptions(index));
        }

        for (int index = 0; index < layout.Homes.Count; index++)
        {
            using SigningKey key = DevelopmentKeys.Relay(index + 1);
            NodeFolder.Write(layout.SiteFolder(index), key, SiteNodeOptions(index));
            using SigningKey account = DevelopmentKeys.SiteAccount(index + 1);
            using SigningKey device = DevelopmentKeys.SiteDevice(index + 1);
            KeyFile.Write(Path.Combine(layout.SiteFolder(index), "account.key"), account);
            KeyFile.Write(Path.Combine(layout.SiteFolder(index), "device.key"), device);
        }

        WriteWallet();
    }

    private void WriteWallet()
    {
        using SigningKey demo = DevelopmentKeys.Demo();
        Directory.CreateDirectory(layout.WalletFolder);
        // The first home's account too: a person can sell what its meter proves, and buy it as the demo account.
        using SigningKey home = DevelopmentKeys.SiteAccount(1);
        Keystore keystore = new(layout.WalletFolder);
        keystore.Import(DemoKeyName, demo.ExportSeed(), DemoPassword);
        keystore.Import(layout.Homes[0], home.ExportSeed(), DemoPassword);
        File.WriteAllText(Path.Combine(layout.WalletFolder, "password.txt"), DemoPassword + "\n");
    }

    private NodeOptions ValidatorOptions(int index) => new()
    {
        Name = layout.ValidatorName(index),
        Role = NodeRole.Consensus,
        Genesis = layout.GenesisPath,
        PeerListen = layout.ValidatorPeer(index),
        ApiListen = layout.ValidatorApi(index),
        Peers = [.. Enumerable.Range(0, layout.Validators).Where(other => other != index).Select(layout.ValidatorPeer)],
        AllowedPeers = RelayKeys(),
        Index = false,
    };

    private string[] RelayKeys() =>
    [
        .. Enumerable.Range(1, layout.Homes.Count).Select(number =>
        {
            using SigningKey key = DevelopmentKeys.Relay(number);
            return key.PublicKey.ToString();
        }),
    ];

    // Two validators a relay: one may fall and the site goes on.
    private NodeOptions SiteNodeOptions(int index) => new()
    {
        Name = layout.Homes[index],
        Role = NodeRole.Relay,
        Genesis = layout.GenesisPath,
        PeerListen = layout.SitePeer(index),
        ApiListen = layout.SiteApi(index),
        Advertise = layout.SitePeer(index),
        Peers = [.. new[] { index, index + 1 }
            .Select(number => layout.ValidatorPeer(number % layout.Validators))
            .Distinct()],
        LogLevel = "Warning",
        Site = SiteOptionsOf(index),
    };

    private SiteOptions SiteOptionsOf(int index)
    {
        SiteRating rating = community.Homes[index].Rating;
        bool hasBattery = rating.StorageCapacityWh > 0;
        return new SiteOptions
        {
            Id = (uint)(index + 1),
            Name = layout.Homes[index],
            Strategy = options.Strategy,
            Seed = options.Seed,
            CommunitySize = layout.Homes.Count,
            BatteryCapacityWh = rating.StorageCapacityWh,
            BatteryPowerW = rating.StoragePowerW,
            BatteryRoundTripPermille = rating.RoundTripPermille,
            PhotovoltaicW = rating.PhotovoltaicW,
            Latitude = community.Latitude,
            SolarOffsetMinutes = community.SolarOffsetMinutes,
            Modbus = new ModbusOptions
            {
                Port = layout.ModbusPort(index),
                StorageUnit = hasBattery ? (byte)3 : null,
                PhotovoltaicRatedW = Math.Max(1, rating.PhotovoltaicW),
                StorageRatedW = Math.Max(1, rating.StoragePowerW),
                TimeoutMs = ModbusTimeoutMs,
                MinimumGapMs = 0,
            },
        };
    }
}
