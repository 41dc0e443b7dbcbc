using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Instructions;

/// <content>The rows.</content>
// Safety: the pointers are to static methods of this assembly; none is computed.
internal static unsafe partial class InstructionTable
{
    private static void DefineArithmetic()
    {
        Define(Opcode.Stop, 0, 0, 0, &Handlers.Stop);
        Define(Opcode.Add, GasCost.VeryLow, 2, 1, &Handlers.Binary<ArithmeticOperations.Add>);
        Define(Opcode.Mul, GasCost.Low, 2, 1, &Handlers.Binary<ArithmeticOperations.Mul>);
        Define(Opcode.Sub, GasCost.VeryLow, 2, 1, &Handlers.Binary<ArithmeticOperations.Sub>);
        Define(Opcode.Div, GasCost.Low, 2, 1, &Handlers.Binary<ArithmeticOperations.Div>);
        Define(Opcode.Sdiv, GasCost.Low, 2, 1, &Handlers.Binary<ArithmeticOperations.Sdiv>);
        Define(Opcode.Mod, GasCost.Low, 2, 1, &Handlers.Binary<ArithmeticOperations.Mod>);
        Define(Opcode.Smod, GasCost.Low, 2, 1, &Handlers.Binary<ArithmeticOperations.Smod>);
        Define(Opcode.Addmod, GasCost.Mid, 3, 1, &Handlers.Ternary<ArithmeticOperations.Addmod>);
        Define(Opcode.Mulmod, GasCost.Mid, 3, 1, &Handlers.Ternary<ArithmeticOperations.Mulmod>);
        Define(Opcode.Exp, GasCost.Exponent, 2, 1, &Handlers.Exp);
        Define(Opcode.Signextend, GasCost.Low, 2, 1, &Handlers.Binary<ArithmeticOperations.Signextend>);
    }

    private static void DefineLogic()
    {
        Define(Opcode.Lt, GasCost.VeryLow, 2, 1, &Handlers.Binary<LogicOperations.Lt>);
        Define(Opcode.Gt, GasCost.VeryLow, 2, 1, &Handlers.Binary<LogicOperations.Gt>);
        Define(Opcode.Slt, GasCost.VeryLow, 2, 1, &Handlers.Binary<LogicOperations.Slt>);
        Define(Opcode.Sgt, GasCost.VeryLow, 2, 1, &Handlers.Binary<LogicOperations.Sgt>);
        Define(Opcode.Eq, GasCost.VeryLow, 2, 1, &Handlers.Binary<LogicOperations.Eq>);
        Define(Opcode.And, GasCost.VeryLow, 2, 1, &Handlers.Binary<LogicOperations.And>);
        Define(Opcode.Or, GasCost.VeryLow, 2, 1, &Handlers.Binary<LogicOperations.Or>);
        Define(Opcode.Xor, GasCost.VeryLow, 2, 1, &Handlers.Binary<LogicOperations.Xor>);
        Define(Opcode.Byte, GasCost.VeryLow, 2, 1, &Handlers.Binary<LogicOperations.Byte>);
        Define(Opcode.Shl, GasCost.VeryLow, 2, 1, &Handlers.Binary<LogicOperations.Shl>);
        Define(Opcode.Shr, GasCost.VeryLow, 2, 1, &Handlers.Binary<LogicOperations.Shr>);
        Define(Opcode.Sar, GasCost.VeryLow, 2, 1, &Handlers.Binary<LogicOperations.Sar>);
        Define(Opcode.Iszero, GasCost.VeryLow, 1, 1, &Handlers.Unary<LogicOperations.Iszero>);
        Define(Opcode.Not, GasCost.VeryLow, 1, 1, &Handlers.Unary<LogicOperations.Not>);
        Define(Opcode.Keccak256, GasCost.Keccak, 2, 1, &Handlers.Keccak);
    }

    private static void DefineEnvironment()
    {
        Define(Opcode.Address, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Address>);
        Define(Opcode.Origin, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Origin>);
        Define(Opcode.Caller, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Caller>);
        Define(Opcode.Callvalue, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Callvalue>);
        Define(Opcode.Calldatasize, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Calldatasize>);
        Define(Opcode.Codesize, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Codesize>);
        Define(Opcode.Gasprice, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Gasprice>);
        Define(Opcode.Returndatasize, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Returndatasize>);
        Define(Opcode.Coinbase, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Coinbase>);
        Define(Opcode.Timestamp, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Timestamp>);
        Define(Opcode.Number, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Number>);
        Define(Opcode.Prevrandao, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Prevrandao>);
        Define(Opcode.Gaslimit, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Gaslimit>);
        Define(Opcode.Chainid, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Chainid>);
        Define(Opcode.Basefee, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Basefee>);
        Define(Opcode.Blobbasefee, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Blobbasefee>);
        Define(Opcode.Msize, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Msize>);
        Define(Opcode.Gas, GasCost.Base, 0, 1, &Handlers.Environment<EnvironmentValues.Gas>);
        Define(Opcode.Selfbalance, GasCost.Low, 0, 1, &Handlers.Environment<EnvironmentValues.Selfbalance>);
        Define(Opcode.Calldataload, GasCost.VeryLow, 1, 1, &Handlers.Calldataload);
        Define(Opcode.Calldatacopy, GasCost.VeryLow, 3, 0, &Handlers.Calldatacopy);
        Define(Opcode.Codecopy, GasCost.VeryLow, 3, 0, &Handlers.Codecopy);
        Define(Opcode.Returndatacopy, GasCost.VeryLow, 3, 0, &Handlers.Returndatacopy);
        Define(Opcode.Balance, GasCost.WarmAccess, 1, 1, &Handlers.Balance);
        Define(Opcode.Extcodesize, GasCost.WarmAccess, 1, 1, &Handlers.Extcodesize);
        Define(Opcode.Extcodehash, GasCost.WarmAccess, 1, 1, &Handlers.Extcodehash);
        Define(Opcode.Extcodecopy, GasCost.WarmAccess, 4, 0, &Handlers.Extcodecopy);
        Define(Opcode.Blockhash, GasCost.BlockHash, 1, 1, &Handlers.Blockhash);
        Define(Opcode.Blobhash, GasCost.VeryLow, 1, 1, &Handlers.Blobhash);
    }

    private static void DefineMemory()
    {
        Define(Opcode.Pop, GasCost.Base, 1, 0, &Handlers.Nothing);
        Define(Opcode.Mload, GasCost.VeryLow, 1, 1, &Handlers.Mload);
        Define(Opcode.Mstore, GasCost.VeryLow, 2, 0, &Handlers.Mstore);
        Define(Opcode.Mstore8, GasCost.VeryLow, 2, 0, &Handlers.Mstore8);
        Define(Opcode.Mcopy, GasCost.VeryLow, 3, 0, &Handlers.Mcopy);
        Define(Opcode.Sload, GasCost.WarmAccess, 1, 1, &Handlers.Sload);
        Define(Opcode.Sstore, 0, 2, 0, &Handlers.Sstore);
        Define(Opcode.Tload, GasCost.WarmAccess, 1, 1, &Handlers.Tload);
        Define(Opcode.Tstore, GasCost.WarmAccess, 2, 0, &Handlers.Tstore);
        Define(Opcode.Jump, GasCost.Mid, 1, 0, &Handlers.Jump);
        Define(Opcode.Jumpi, GasCost.High, 2, 0, &Handlers.Jumpi);
        Define(Opcode.Pc, GasCost.Base, 0, 1, &Handlers.Pc);
        Define(Opcode.Jumpdest, GasCost.JumpDestination, 0, 0, &Handlers.Nothing);
    }

    private static void DefineCalls()
    {
        Define(Opcode.Create, GasCost.Create, 3, 1, &Handlers.Create);
        Define(Opcode.Create2, GasCost.Create, 4, 1, &Handlers.Create2);
        Define(Opcode.Call, GasCost.WarmAccess, 7, 1, &Handlers.Call);
        Define(Opcode.Callcode, GasCost.WarmAccess, 7, 1, &Handlers.Callcode);
        Define(Opcode.Delegatecall, GasCost.WarmAccess, 6, 1, &Handlers.Delegatecall);
        Define(Opcode.Staticcall, GasCost.WarmAccess, 6, 1, &Handlers.Staticcall);
        Define(Opcode.Return, 0, 2, 0, &Handlers.Return);
        Define(Opcode.Revert, 0, 2, 0, &Handlers.Revert);
        Define(Opcode.Selfdestruct, GasCost.SelfDestruct, 1, 0, &Handlers.Selfdestruct);
        Define(Opcode.Invalid, 0, 0, 0, &Handlers.Invalid);
    }

    private static void DefineStack()
    {
        Define(Opcode.Push0, GasCost.Base, 0, 1, &Handlers.Push<Counts.N0>);
        Define(Opcode.Push1, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N1>, 1);
        Define(Opcode.Push2, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N2>, 2);
        Define(Opcode.Push3, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N3>, 3);
        Define(Opcode.Push4, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N4>, 4);
        Define(Opcode.Push5, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N5>, 5);
        Define(Opcode.Push6, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N6>, 6);
        Define(Opcode.Push7, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N7>, 7);
        Define(Opcode.Push8, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N8>, 8);
        Define(Opcode.Push9, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N9>, 9);
        Define(Opcode.Push10, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N10>, 10);
        Define(Opcode.Push11, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N11>, 11);
        Define(Opcode.Push12, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N12>, 12);
        Define(Opcode.Push13, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N13>, 13);
        Define(Opcode.Push14, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N14>, 14);
        Define(Opcode.Push15, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N15>, 15);
        Define(Opcode.Push16, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N16>, 16);
        Define(Opcode.Push17, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N17>, 17);
        Define(Opcode.Push18, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N18>, 18);
        Define(Opcode.Push19, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N19>, 19);
        Define(Opcode.Push20, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N20>, 20);
        Define(Opcode.Push21, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N21>, 21);
        Define(Opcode.Push22, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N22>, 22);
        Define(Opcode.Push23, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N23>, 23);
        Define(Opcode.Push24, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N24>, 24);
        Define(Opcode.Push25, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N25>, 25);
        Define(Opcode.Push26, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N26>, 26);
        Define(Opcode.Push27, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N27>, 27);
        Define(Opcode.Push28, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N28>, 28);
        Define(Opcode.Push29, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N29>, 29);
        Define(Opcode.Push30, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N30>, 30);
        Define(Opcode.Push31, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N31>, 31);
        Define(Opcode.Push32, GasCost.VeryLow, 0, 1, &Handlers.Push<Counts.N32>, 32);
    }

    private static void DefineStackMoves()
    {
        Define(Opcode.Dup1, GasCost.VeryLow, 1, 2, &Handlers.Dup<Counts.N1>);
        Define(Opcode.Dup2, GasCost.VeryLow, 2, 3, &Handlers.Dup<Counts.N2>);
        Define(Opcode.Dup3, GasCost.VeryLow, 3, 4, &Handlers.Dup<Counts.N3>);
        Define(Opcode.Dup4, GasCost.VeryLow, 4, 5, &Handlers.Dup<Counts.N4>);
        Define(Opcode.Dup5, GasCost.VeryLow, 5, 6, &Handlers.Dup<Counts.N5>);
        Define(Opcode.Dup6, GasCost.VeryLow, 6, 7, &Handlers.Dup<Counts.N6>);
        Define(Opcode.Dup7, GasCost.VeryLow, 7, 8, &Handlers.Dup<Counts.N7>);
        Define(Opcode.Dup8, GasCost.VeryLow, 8, 9, &Handlers.Dup<Counts.N8>);
        Define(Opcode.Dup9, GasCost.VeryLow, 9, 10, &Handlers.Dup<Counts.N9>);
        Define(Opcode.Dup10, GasCost.VeryLow, 10, 11, &Handlers.Dup<Counts.N10>);
        Define(Opcode.Dup11, GasCost.VeryLow, 11, 12, &Handlers.Dup<Counts.N11>);
        Define(Opcode.Dup12, GasCost.VeryLow, 12, 13, &Handlers.Dup<Counts.N12>);
        Define(Opcode.Dup13, GasCost.VeryLow, 13, 14, &Handlers.Dup<Counts.N13>);
        Define(Opcode.Dup14, GasCost.VeryLow, 14, 15, &Handlers.Dup<Counts.N14>);
        Define(Opcode.Dup15, GasCost.VeryLow, 15, 16, &Handlers.Dup<Counts.N15>);
        Define(Opcode.Dup16, GasCost.VeryLow, 16, 17, &Handlers.Dup<Counts.N16>);
        Define(Opcode.Swap1, GasCost.VeryLow, 2, 2, &Handlers.Swap<Counts.N1>);
        Define(Opcode.Swap2, GasCost.VeryLow, 3, 3, &Handlers.Swap<Counts.N2>);
        Define(Opcode.Swap3, GasCost.VeryLow, 4, 4, &Handlers.Swap<Counts.N3>);
        Define(Opcode.Swap4, GasCost.VeryLow, 5, 5, &Handlers.Swap<Counts.N4>);
        Define(Opcode.Swap5, GasCost.VeryLow, 6, 6, &Handlers.Swap<Counts.N5>);
        Define(Opcode.Swap6, GasCost.VeryLow, 7, 7, &Handlers.Swap<Counts.N6>);
        Define(Opcode.Swap7, GasCost.VeryLow, 8, 8, &Handlers.Swap<Counts.N7>);
        Define(Opcode.Swap8, GasCost.VeryLow, 9, 9, &Handlers.Swap<Counts.N8>);
        Define(Opcode.Swap9, GasCost.VeryLow, 10, 10, &Handlers.Swap<Counts.N9>);
        Define(Opcode.Swap10, GasCost.VeryLow, 11, 11, &Handlers.Swap<Counts.N10>);
        Define(Opcode.Swap11, GasCost.VeryLow, 12, 12, &Handlers.Swap<Counts.N11>);
        Define(Opcode.Swap12, GasCost.VeryLow, 13, 13, &Handlers.Swap<Counts.N12>);
        Define(Opcode.Swap13, GasCost.VeryLow, 14, 14, &Handlers.Swap<Counts.N13>);
        Define(Opcode.Swap14, GasCost.VeryLow, 15, 15, &Handlers.Swap<Counts.N14>);
        Define(Opcode.Swap15, GasCost.VeryLow, 16, 16, &Handlers.Swap<Counts.N15>);
        Define(Opcode.Swap16, GasCost.VeryLow, 17, 17, &Handlers.Swap<Counts.N16>);
    }

    private static void DefineLogs()
    {
        Define(Opcode.Log0, GasCost.Log + (0 * GasCost.LogTopic), 2, 0, &Handlers.Log<Counts.N0>);
        Define(Opcode.Log1, GasCost.Log + (1 * GasCost.LogTopic), 3, 0, &Handlers.Log<Counts.N1>);
        Define(Opcode.Log2, GasCost.Log + (2 * GasCost.LogTopic), 4, 0, &Handlers.Log<Counts.N2>);
        Define(Opcode.Log3, GasCost.Log + (3 * GasCost.LogTopic), 5, 0, &Handlers.Log<Counts.N3>);
        Define(Opcode.Log4, GasCost.Log + (4 * GasCost.LogTopic), 6, 0, &Handlers.Log<Counts.N4>);
    }
}
