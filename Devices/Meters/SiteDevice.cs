using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Meters;

/// <summary>A device of a site.</summary>
/// <param name="Name">Its name in messages and saved states; unique at its site.</param>
/// <param name="Meter">How it is read.</param>
/// <param name="Client">Its connection, which the site reader disposes of.</param>
/// <param name="RatedPowerW">The most power it can move, for the check of each step; more than 0.</param>
public sealed record SiteDevice(string Name, IMeter Meter, IModbusClient Client, long RatedPowerW);
