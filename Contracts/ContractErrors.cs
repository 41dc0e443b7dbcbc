using EnergyChain.Contracts.Abi;

namespace EnergyChain.Contracts;

/// <summary>Reads reverts of any of the chain's own contracts: one passes a revert of another on unchanged.</summary>
public static class ContractErrors
{
    private static readonly ContractAbi[] Known =
    [
        EnergyMarketContract.Artifact.Abi,
        MeterRegistryContract.Artifact.Abi,
        GreenCertificateContract.Artifact.Abi,
        CouncilContract.Artifact.Abi,
    ];

    /// <summary>The error's name, such as <c>GateClosed</c>; false where no contract of ours has it.</summary>
    public static bool TryName(ReadOnlySpan<byte> returnData, out string name)
    {
        foreach (ContractAbi abi in Known)
        {
            if (abi.TryDecodeError(returnData, out AbiError? error, out _))
            {
                name = error!.Name;
                return true;
            }
        }

        name = string.Empty;
        return false;
    }

    /// <summary>The revert as text for a person, with the names and values of what the error carries.</summary>
    public static string Describe(ReadOnlySpan<byte> returnData)
    {
        foreach (ContractAbi abi in Known)
        {
            if (abi.TryDecodeError(returnData, out _, out _))
            {
                return abi.DescribeError(returnData);
            }
        }

        return Known[0].DescribeError(returnData);
    }
}
