namespace EnergyChain.Devices.Meters;

/// <summary>Who made a device, as it says itself; empty where it does not say.</summary>
public sealed record DeviceIdentity(string Manufacturer, string Model, string SerialNumber)
{
    public static DeviceIdentity Unknown { get; } = new("", "", "");
}
