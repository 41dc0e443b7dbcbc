namespace EnergyChain.Node.Hosting;

/// <summary>The site behind a relay node: its meters, its keys and how it trades.</summary>
public sealed class SiteOptions
{
    /// <summary>Number under which the operator registered the site, from 1.</summary>
    public uint Id { get; init; } = 1;

    /// <summary>Shown to people.</summary>
    public string Name { get; init; } = "site";

    /// <summary>
    /// Whom the readings are about: the number or pseudonym of a contract, never a name; it stands in file names.
    /// Whoever moves in gets another one.
    /// </summary>
    public string Subject { get; init; } = "subject-1";

    /// <summary>Days that raw readings are kept; 0 for until they are forgotten.</summary>
    public int KeepReadingsDays { get; init; } = 400;

    /// <summary>File of the account's key: pays gas, places orders, receives money.</summary>
    public string AccountKey { get; init; } = "account.key";

    /// <summary>File of the device's key: signs meter records.</summary>
    public string DeviceKey { get; init; } = "device.key";

    /// <summary>Where the meters are.</summary>
    public ModbusOptions Modbus { get; init; } = new();

    /// <summary>Name of the order strategy.</summary>
    public string Strategy { get; init; } = "midpoint";

    /// <summary>Seed of strategies that draw; different sites draw differently under one seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Among how many sites the calls of clear and settle go round.</summary>
    public int CommunitySize { get; init; } = 8;

    /// <summary>Energy under which no order is placed, in Wh.</summary>
    public long LeastOrderWh { get; init; } = 20;

    /// <summary>Usable battery energy in Wh; 0 for a site without a battery.</summary>
    public long BatteryCapacityWh { get; init; }

    /// <summary>Largest charge and discharge power in W.</summary>
    public long BatteryPowerW { get; init; }

    /// <summary>Share of charged energy that comes out again, in permille.</summary>
    public int BatteryRoundTripPermille { get; init; } = 900;

    /// <summary>Installed PV power in W, for the forecast of a site without history.</summary>
    public long PhotovoltaicW { get; init; }

    /// <summary>Degrees north, for the height of the sun.</summary>
    public double Latitude { get; init; } = 34.1;

    /// <summary>Minutes to add to UTC for the site's local mean solar time.</summary>
    public int SolarOffsetMinutes { get; init; }
}
