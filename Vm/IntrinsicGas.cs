namespace EnergyChain.Vm;

/// <summary>The gas that a transaction costs before its first opcode (EIP-2, 2028, 2930, 3860).</summary>
public static class IntrinsicGas
{
    private const ulong Transaction = 21_000;
    private const ulong Creation = 32_000;
    private const ulong ZeroByte = 4;
    private const ulong OtherByte = 16;
    private const ulong InitCodeWord = 2;
    private const ulong AccessListAddress = 2_400;
    private const ulong AccessListKey = 1_900;

    /// <param name="data">Call data or init code.</param>
    /// <param name="isCreate">Whether the transaction creates a contract.</param>
    /// <param name="accessList">Null for none.</param>
    public static ulong Of(
        ReadOnlySpan<byte> data, bool isCreate, IReadOnlyList<AccessListEntry>? accessList = null)
    {
        ulong zeros = (ulong)data.Count((byte)0);
        ulong gas = Transaction + (zeros * ZeroByte) + (((ulong)data.Length - zeros) * OtherByte);
        if (isCreate)
        {
            gas += Creation + (((ulong)data.Length + 31) / 32 * InitCodeWord);
        }

        foreach (AccessListEntry entry in accessList ?? [])
        {
            gas += AccessListAddress + ((ulong)entry.StorageKeys.Count * AccessListKey);
        }

        return gas;
    }
}
