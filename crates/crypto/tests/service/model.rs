// SPDX-License-Identifier: Apache-2.0
//! The state machine of multipart operations against a model, over random histories of two
//! clients with several operation objects each.

use proptest::prelude::*;
use psa::Status;
use sha2::{Digest, Sha256};

use crate::client::*;

const CLIENTS: usize = 2;
const OBJECTS: usize = 4;

#[derive(Clone, Debug)]
enum Action {
    Setup,
    Update(Vec<u8>),
    Clone(usize),
    Finish(usize),
    Verify(bool),
    Abort,
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        4 => Just(Action::Setup),
        4 => prop::collection::vec(any::<u8>(), 0..100).prop_map(Action::Update),
        2 => (0..OBJECTS).prop_map(Action::Clone),
        2 => prop_oneof![Just(32), 0usize..40].prop_map(Action::Finish),
        1 => any::<bool>().prop_map(Action::Verify),
        1 => Just(Action::Abort),
    ]
}

/// A client's operation object: the handle that its library keeps, and what the model says.
#[derive(Clone, Default)]
struct Object {
    handle: u32,
    message: Option<Vec<u8>>,
}

#[derive(Default)]
struct Model {
    objects: [[Object; OBJECTS]; CLIENTS],
}

impl Model {
    fn active(&self) -> usize {
        let objects = self.objects.iter().flatten();
        objects.filter(|object| object.message.is_some()).count()
    }

    fn step(&mut self, device: &Device, client: usize, index: usize, action: &Action) {
        device.become_client(-1 - client as i32);
        let full = self.active() == OPERATIONS;
        let objects = &mut self.objects[client];
        let object = objects[index].clone();
        match action {
            // The client library passes the handle of its object, so an active one is refused.
            Action::Setup if object.handle != 0 => {}
            Action::Setup => {
                let answer = device.setup();
                if full {
                    assert_eq!(answer.status, Status::INSUFFICIENT_MEMORY);
                } else {
                    assert_eq!(answer.status, Status::SUCCESS);
                    objects[index] = Object {
                        handle: answer.handle(),
                        message: Some(vec![]),
                    };
                }
            }
            Action::Update(data) => {
                let status = device.update(object.handle, data);
                match &mut objects[index].message {
                    Some(message) => {
                        assert_eq!(status, Status::SUCCESS);
                        message.extend_from_slice(data);
                    }
                    None => assert_eq!(status, Status::BAD_STATE),
                }
            }
            Action::Clone(target) => {
                let answer = device.clone_into(object.handle, objects[*target].handle);
                let expected = if objects[*target].handle != 0 || object.message.is_none() {
                    Status::BAD_STATE
                } else if full {
                    Status::INSUFFICIENT_MEMORY
                } else {
                    Status::SUCCESS
                };
                assert_eq!(answer.status, expected);
                if expected == Status::SUCCESS {
                    objects[*target] = Object {
                        handle: answer.handle(),
                        message: object.message,
                    };
                }
            }
            Action::Finish(room) => {
                let answer = device.finish(object.handle, *room);
                objects[index] = Object::default();
                assert_eq!(answer.handle(), 0);
                match object.message {
                    None => assert_eq!(answer.status, Status::BAD_STATE),
                    Some(_) if *room < DIGEST_BYTES => {
                        assert_eq!(answer.status, Status::BUFFER_TOO_SMALL);
                    }
                    Some(message) => {
                        assert_eq!(answer.status, Status::SUCCESS);
                        assert_eq!(answer.outputs[1], Sha256::digest(message).as_slice());
                    }
                }
            }
            Action::Verify(honest) => {
                let mut hash = Sha256::digest(object.message.clone().unwrap_or_default());
                hash[7] ^= u8::from(!honest);
                let answer = device.verify(object.handle, &hash);
                objects[index] = Object::default();
                let expected = match (object.message, honest) {
                    (None, _) => Status::BAD_STATE,
                    (Some(_), true) => Status::SUCCESS,
                    (Some(_), false) => Status::INVALID_SIGNATURE,
                };
                assert_eq!((answer.status, answer.handle()), (expected, 0));
            }
            Action::Abort => {
                let answer = device.abort(object.handle);
                assert_eq!((answer.status, answer.handle()), (Status::SUCCESS, 0));
                objects[index] = Object::default();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_history(
        steps in prop::collection::vec((0..CLIENTS, 0..OBJECTS, action()), 1..60),
    ) {
        let device = Device::new();
        let mut model = Model::default();
        for (client, index, action) in &steps {
            model.step(&device, *client, *index, action);
        }
    }
}
