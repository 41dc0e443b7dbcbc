using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.SunSpec;

/// <summary>
/// Finds the models of a unit: 'SunS' at 40000, 0 or 50000, then a chain of id and length up to the end model 0xFFFF.
/// Some devices answer exception 2 where the end model should be; that counts as the end.
/// </summary>
public static class SunSpecDiscovery
{
    /// <summary>Models that one unit may have; a longer chain is taken for a broken one.</summary>
    public const int MaximumModels = 64;

    private const ushort MarkerHigh = 0x5375;
    private const ushort MarkerLow = 0x6E53;

    private static readonly ushort[] BaseAddresses = [40000, 0, 50000];

    public static async ValueTask<SunSpecDiscoveryResult> ScanAsync(
        IModbusClient client, byte unit, CancellationToken cancellationToken)
    {
        ushort[] pair = new ushort[2];
        foreach (ushort address in BaseAddresses)
        {
            ModbusResult result = await client.ReadHoldingRegistersAsync(unit, address, 2, pair, cancellationToken);
            if (IsUnavailable(result))
            {
                return Ended(SunSpecDiscoveryStatus.DeviceFailed, address, [], result);
            }

            if (result.IsOk && pair[0] == MarkerHigh && pair[1] == MarkerLow)
            {
                return await WalkAsync(client, unit, address, pair, cancellationToken);
            }
        }

        return Ended(SunSpecDiscoveryStatus.NotSunSpec, 0, [], ModbusResult.Ok);
    }

    private static async ValueTask<SunSpecDiscoveryResult> WalkAsync(
        IModbusClient client, byte unit, ushort baseAddress, ushort[] pair, CancellationToken cancellationToken)
    {
        List<SunSpecModel> models = [];
        int address = baseAddress + 2;
        while (models.Count <= MaximumModels && address + 2 <= ModbusLimits.RegisterCount)
        {
            ModbusResult result =
                await client.ReadHoldingRegistersAsync(unit, (ushort)address, 2, pair, cancellationToken);
            bool isPastEnd = result.Exception == ModbusExceptionCode.IllegalDataAddress;
            if (!result.IsOk && !isPastEnd)
            {
                return Ended(SunSpecDiscoveryStatus.DeviceFailed, baseAddress, models, result);
            }

            if (isPastEnd || pair[0] == SunSpecModelId.End)
            {
                return Ended(SunSpecDiscoveryStatus.Found, baseAddress, models, ModbusResult.Ok);
            }

            SunSpecModel model = new(pair[0], (ushort)address, pair[1]);
            models.Add(model);
            address += model.TotalRegisters;
        }

        return Ended(SunSpecDiscoveryStatus.BrokenChain, baseAddress, models, ModbusResult.Ok);
    }

    /// <summary>
    /// Exceptions 1 to 3 say that nothing is at the address; every other failure says nothing about it.
    /// </summary>
    private static bool IsUnavailable(ModbusResult result)
    {
        bool isNothingThere = result.Exception is ModbusExceptionCode.IllegalFunction
            or ModbusExceptionCode.IllegalDataAddress
            or ModbusExceptionCode.IllegalDataValue;
        return !result.IsOk && !isNothingThere;
    }

    private static SunSpecDiscoveryResult Ended(
        SunSpecDiscoveryStatus status, ushort baseAddress, List<SunSpecModel> models, ModbusResult failure) =>
        new(status, baseAddress, models, failure);
}
