namespace EnergyChain.Vm.Opcodes;

/// <summary>Gas prices of the Cancun fork, by the names of the Yellow Paper and the EIPs.</summary>
internal static class GasCost
{
    public const int Base = 2;
    public const int VeryLow = 3;
    public const int Low = 5;
    public const int Mid = 8;
    public const int High = 10;
    public const int JumpDestination = 1;
    public const int BlockHash = 20;

    public const int Exponent = 10;
    public const int ExponentByte = 50;
    public const int Keccak = 30;
    public const int KeccakWord = 6;
    public const int CopyWord = 3;
    public const int MemoryWord = 3;
    public const int MemoryQuadraticDivisor = 512;
    public const int Log = 375;
    public const int LogTopic = 375;
    public const int LogByte = 8;

    /// <summary>EIP-2929: what the table charges for any access, and what a first access costs on top.</summary>
    public const int WarmAccess = 100;
    public const int ColdAccountExtra = 2_500;
    public const int ColdAccount = 2_600;
    public const int ColdSlotExtra = 2_000;
    public const int ColdSlot = 2_100;

    /// <summary>EIP-2200 with the figures of EIP-2929 and EIP-3529.</summary>
    public const int StoreSet = 20_000;
    public const int StoreReset = 2_900;
    public const int StoreClearRefund = 4_800;
    public const int StoreSentry = 2_300;

    public const int CallValue = 9_000;
    public const int CallStipend = 2_300;
    public const int NewAccount = 25_000;
    public const int Create = 32_000;
    public const int CodeDepositByte = 200;
    public const int InitCodeWord = 2;
    public const int SelfDestruct = 5_000;
}
