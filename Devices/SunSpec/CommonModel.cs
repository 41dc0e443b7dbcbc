namespace EnergyChain.Devices.SunSpec;

/// <summary>Model 1: who made the device (length 65 or 66).</summary>
public sealed record CommonModel(
    string Manufacturer, string Model, string Options, string Version, string SerialNumber)
{
    public const int MinimumLength = 65;

    /// <summary>Decodes registers that begin at the model-id register.</summary>
    public static CommonModel Decode(ReadOnlySpan<ushort> registers) => new(
        SunSpecPoint.Text(registers, 2, 16),
        SunSpecPoint.Text(registers, 18, 16),
        SunSpecPoint.Text(registers, 34, 8),
        SunSpecPoint.Text(registers, 42, 8),
        SunSpecPoint.Text(registers, 50, 16));
}
