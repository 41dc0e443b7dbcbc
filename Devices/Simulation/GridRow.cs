using System.Numerics;

namespace EnergyChain.Devices.Simulation;

/// <summary>The grid in one interval of a data set.</summary>
/// <param name="Start">Start of the interval in the local standard time of the data.</param>
/// <param name="RetailPerKwh">Price of a kWh from the grid in coin base units (10^-18), a multiple of 1000.</param>
/// <param name="CarbonMilligramsPerKwh">Carbon dioxide per kWh from the grid.</param>
public readonly record struct GridRow(DateTime Start, BigInteger RetailPerKwh, long CarbonMilligramsPerKwh);
