namespace EnergyChain.Devices.Meters;

/// <summary>What a metered device is at its site.</summary>
public enum DeviceRole
{
    /// <summary>PV inverter: its outgoing counter is production.</summary>
    Photovoltaic,

    /// <summary>Meter at the grid connection: in is import, out is export.</summary>
    GridMeter,

    /// <summary>Battery with its AC-side meter: in is charge, out is discharge.</summary>
    Storage,
}
