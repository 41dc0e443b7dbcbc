using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.SunSpec;

/// <summary>The models of one unit.</summary>
/// <param name="Status">How the discovery ended; the models are complete only with Found.</param>
/// <param name="BaseAddress">Where 'SunS' is.</param>
/// <param name="Models">The models in the order of their addresses.</param>
/// <param name="Failure">The failed request with DeviceFailed.</param>
public sealed record SunSpecDiscoveryResult(
    SunSpecDiscoveryStatus Status, ushort BaseAddress, IReadOnlyList<SunSpecModel> Models, ModbusResult Failure)
{
    /// <summary>The first model whose id lies in the range, or null.</summary>
    public SunSpecModel? Find(ushort firstId, ushort lastId)
    {
        foreach (SunSpecModel model in Models)
        {
            if (model.Id >= firstId && model.Id <= lastId)
            {
                return model;
            }
        }

        return null;
    }

    /// <summary>The first model with an id, or null.</summary>
    public SunSpecModel? Find(ushort id) => Find(id, id);
}
