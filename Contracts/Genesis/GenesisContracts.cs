using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Genesis;

/// <summary>The contracts of every chain: where they live and the storage they start with.</summary>
public static class GenesisContracts
{
    private const uint ActiveDevice = 1;

    /// <summary>
    /// Code, storage and balance of MeterRegistry, EnergyMarket and GreenCertificate, by ascending address. Throws
    /// <see cref="ArgumentException"/> for parameters that are not allowed.
    /// </summary>
    public static IReadOnlyList<GenesisContract> Create(GenesisContractParameters parameters)
    {
        parameters.Validate();
        return
        [
            Registry(parameters),
            Market(parameters),
            Certificate(),
        ];
    }

    /// <summary>
    /// The Council contract with its first members and the parameters that it votes on. A chain without it keeps both
    /// for ever. Throws <see cref="ArgumentException"/> for a council that it cannot hold.
    /// </summary>
    public static GenesisContract Council(IReadOnlyList<PublicKey> members, ChainParameters parameters)
    {
        if (members.Count is 0 or > CouncilLimits.MaxMembers || members.Distinct().Count() != members.Count)
        {
            throw new ArgumentException(
                $"A council has 1 to {CouncilLimits.MaxMembers} different members, not these {members.Count}.",
                nameof(members));
        }

        if (!ParameterLimits.AreKept(parameters))
        {
            throw new ArgumentException($"{parameters} has a parameter out of its range.", nameof(parameters));
        }

        ContractArtifact artifact = CouncilContract.Artifact;
        ContractStorage storage = new(artifact.StorageLayout);
        UInt256 seats = UInt256.FromBigInteger((System.Numerics.BigInteger.One << members.Count) - 1);
        storage.Set("_seats", seats);
        storage.Set("_activeSeats", seats);
        storage.Set("_memberCount", (ulong)members.Count);
        IReadOnlyList<UInt256> values = CouncilContract.ValuesOf(parameters);
        for (int k = 0; k < values.Count; k++)
        {
            storage.SetElement("_parameters", k, values[k]);
        }

        for (int k = 0; k < members.Count; k++)
        {
            UInt256 key = UInt256.FromBigEndian(members[k].ToArray());
            storage.SetElement("_order", k, key);
            storage.SetMappedMember("_members", key, "isMember", 1UL);
            storage.SetMappedMember("_members", key, "seat", (ulong)k);
            storage.SetMapped("_keyOf", Word(members[k].ToAddress()), key);
        }

        return Contract(artifact, CouncilContract.Address, storage, UInt256.Zero);
    }

    private static GenesisContract Registry(GenesisContractParameters parameters)
    {
        ContractArtifact artifact = MeterRegistryContract.Artifact;
        ContractStorage storage = new(artifact.StorageLayout);
        storage.Set("_slotSeconds", parameters.SlotSeconds);
        storage.Set("_energySlotSeconds", parameters.EnergySlotSeconds);
        storage.Set("_reportWindowSeconds", parameters.ReportWindowSeconds);
        storage.Set("_operator", Word(parameters.Operator));
        storage.Set("_market", Word(EnergyMarketContract.Address));
        storage.Set("_certificate", Word(GreenCertificateContract.Address));
        storage.Set("_rewardPerKwh", parameters.RewardPerKwh);
        for (int k = 0; k < parameters.HalvingThresholdsWh.Count; k++)
        {
            storage.SetElement("_halvingThresholdsWh", k, parameters.HalvingThresholdsWh[k]);
        }

        foreach (GenesisSite site in parameters.Sites)
        {
            storage.SetMapped("_siteAccounts", site.Site, Word(site.Account));
        }

        foreach (GenesisDevice device in parameters.Devices)
        {
            UInt256 key = Word(device.Device);
            storage.SetMappedMember("_devices", key, "site", device.Site);
            storage.SetMappedMember("_devices", key, "ratedPowerW", device.RatedPowerW);
            storage.SetMappedMember("_devices", key, "source", (ulong)device.Source);
            storage.SetMappedMember("_devices", key, "status", ActiveDevice);
        }

        return Contract(artifact, MeterRegistryContract.Address, storage, parameters.IssuanceReserve);
    }

    private static GenesisContract Market(GenesisContractParameters parameters)
    {
        ContractArtifact artifact = EnergyMarketContract.Artifact;
        ContractStorage storage = new(artifact.StorageLayout);
        storage.Set("_slotSeconds", parameters.SlotSeconds);
        storage.Set("_gateLeadSeconds", parameters.GateLeadSeconds);
        storage.Set("_reportWindowSeconds", parameters.ReportWindowSeconds);
        storage.Set("_operator", Word(parameters.Operator));
        storage.Set("_gridAccount", Word(parameters.GridAccount));
        storage.Set("_registry", Word(MeterRegistryContract.Address));
        storage.Set("_certificate", Word(GreenCertificateContract.Address));
        storage.Set("_gridFeePerKwh", parameters.GridFeePerKwh);
        storage.Set("_collateralPerKwh", parameters.CollateralPerKwh);
        return Contract(artifact, EnergyMarketContract.Address, storage, UInt256.Zero);
    }

    private static GenesisContract Certificate()
    {
        ContractArtifact artifact = GreenCertificateContract.Artifact;
        ContractStorage storage = new(artifact.StorageLayout);
        storage.Set("registry", Word(MeterRegistryContract.Address));
        storage.Set("market", Word(EnergyMarketContract.Address));
        return Contract(artifact, GreenCertificateContract.Address, storage, UInt256.Zero);
    }

    private static GenesisContract Contract(
        ContractArtifact artifact,
        Address address,
        ContractStorage storage,
        UInt256 balance) =>
        new(artifact.ContractName, address, artifact.RuntimeCode.ToArray(), storage.Slots, balance);

    private static UInt256 Word(Address address) => UInt256.FromBigEndian(address.ToArray());
}
